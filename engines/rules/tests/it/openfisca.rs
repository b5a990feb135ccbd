//! The Web API of OpenFisca: the 300 households of its country as one asks it, what a trace holds, and what is refused.

use crate::{country, read};
use rules::openfisca::{self, Misfit};
use serde_json::{Value as Json, json};

/// The households as OpenFisca takes them, each with what it worked out: path of the value, and the value.
fn asked(case: &Json) -> (Json, Vec<([String; 4], Json)>) {
    let month = case["period"].as_str().unwrap();
    let mut situation = case["input"].clone();
    let mut expected = Vec::new();
    let mut ask = |plural: &str, who: &str, figures: &Json| {
        for (name, figure) in figures.as_object().unwrap() {
            let (name, period) = name.split_once('@').unwrap_or((name, month));
            situation[plural][who][name][period] = Json::Null;
            expected.push(([plural, who, name, period].map(str::to_owned), figure.clone()));
        }
    };
    for (who, figures) in case["output"]["persons"].as_object().unwrap() {
        ask("persons", who, figures);
    }
    ask("households", "h", &case["output"]["household"]);
    (situation, expected)
}

fn at<'j>(json: &'j Json, path: &[String]) -> &'j Json {
    path.iter().fold(json, |inner, name| &inner[name])
}

#[test]
fn three_hundred_households_as_openfisca_is_asked() {
    let rules = country::country();
    let (mut figures, mut nothing, mut faults) = (0, 0, 0);
    for case in country::cases() {
        let (mut situation, expected) = asked(&case);
        for (path, _) in expected.iter().filter(|(_, theirs)| theirs.as_f64().is_none()) {
            let Misfit { status, body } = openfisca::calculate(&rules, &situation).unwrap_err();
            assert_eq!(status, 400);
            let sentence = at(&body, path).as_str();
            assert!(sentence.is_none_or(|said| said.contains("has no value on")), "{body}");
            let about = &mut situation[path[0].as_str()][path[1].as_str()];
            about.as_object_mut().unwrap().remove(&path[2]);
            faults += 1;
        }
        let found = openfisca::calculate(&rules, &situation).unwrap_or_else(|misfit| panic!("{misfit:?}"));
        for (path, theirs) in expected.iter().filter(|(_, theirs)| theirs.as_f64().is_some()) {
            let (ours, theirs) = (at(&found, path), theirs.as_f64().unwrap());
            if ours.is_null() {
                // Not entitled, which OpenFisca does not tell from nought.
                assert_eq!(theirs, 0.0, "{path:?}");
                nothing += 1;
            } else {
                let ours = ours.as_f64().unwrap();
                assert!(country::close(ours, theirs), "{path:?} of {}: {ours}, theirs {theirs}", case["id"]);
            }
            figures += 1;
        }
    }
    assert_eq!((figures, faults), (7_435, 250));
    assert!(nothing > 1_000, "{nothing}");
}

fn family() -> Json {
    json!({
        "persons": {
            "Ada": {"birth": {"ETERNITY": "1980-05-17"}, "salary": {"month:2018-03": 2000}, "basic_income": {"2018-03": null}},
            "Bo": {"birth": {"2018-03": "2014-01-01"}, "basic_income": {"2018-03": null}},
        },
        "households": {"home": {"adults": "Ada", "children": ["Bo"], "total_taxes": {"2018-03": null}, "housing_tax": {"2018": null}}},
    })
}

#[test]
fn every_null_is_filled_where_it_stands() {
    let found = openfisca::calculate(&country::country(), &family()).unwrap();
    assert_eq!(found["persons"]["Ada"]["basic_income"]["2018-03"], 600);
    assert_eq!(found["persons"]["Ada"]["salary"]["month:2018-03"], 2000);
    // Not entitled, which is something else than 0.
    assert_eq!(found["persons"]["Bo"]["basic_income"]["2018-03"], Json::Null);
    // 15 % and 2 % of 2000, and a twelfth of 200.
    let taxes = found["households"]["home"]["total_taxes"]["2018-03"].as_f64().unwrap();
    assert!((taxes - (300.0 + 40.0 + 200.0 / 12.0)).abs() < 1e-9, "{taxes}");
    assert_eq!(found["households"]["home"]["housing_tax"]["2018"], 200);
}

#[test]
fn who_is_in_no_group_is_in_one_alone() {
    let rules = country::country();
    let asked = json!({
        "persons": {"Ada": {"birth": {"ETERNITY": "1980-05-17"}}, "Bo": {"birth": {"ETERNITY": "1990-01-01"}}},
        "households": {"Ada": {"adults": ["Bo"], "household_income": {"2018-03": null}}},
    });
    let traced = openfisca::trace(&rules, &asked).unwrap();
    assert_eq!(traced["entitiesDescription"], json!({"persons": ["Ada", "Bo"], "households": ["Ada", "Ada_"]}));
    assert_eq!(traced["trace"]["household_income<2018-03>"]["value"], json!([0, 0]));
}

#[test]
fn a_trace_has_a_node_for_each_variable_and_period_with_everybody_in_it() {
    let traced = openfisca::trace(&country::country(), &family()).unwrap();
    let requested = ["total_taxes<2018-03>", "housing_tax<2018>", "basic_income<2018-03>"];
    let mut told: Vec<&str> =
        traced["requestedCalculations"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    told.sort_unstable();
    let mut wanted = requested;
    wanted.sort_unstable();
    assert_eq!(told, wanted);
    let income = &traced["trace"]["basic_income<2018-03>"];
    assert_eq!(income["value"], json!([600, null]));
    assert_eq!(income["dependencies"], json!(["age<2018-03>"]));
    assert_eq!(
        income["parameters"],
        json!({"age_of_majority<2018-03-01>": 18, "basic_income_amount<2018-03-01>": 600})
    );
    assert_eq!(income["outcome"][0], json!({"is": "entitled"}));
    assert_eq!(income["outcome"][1]["because"][0]["sentence"], "a basic income is for adults");
    let contribution = &traced["trace"]["social_security_contribution<2018-03>"];
    assert_eq!(contribution["value"], json!([40, 0]));
    assert_eq!(
        contribution["parameters"]["contribution_rates<2018-03-01>"],
        json!({"0": 0.02, "6000": 0.06, "12400": 0.12})
    );
    assert_eq!(traced["trace"]["birth<eternity>"]["value"], json!(["1980-05-17", "2014-01-01"]));
    let all = traced["trace"].as_object().unwrap();
    for (key, node) in all {
        for used in node["dependencies"].as_array().unwrap() {
            assert!(all.contains_key(used.as_str().unwrap()), "{key} rests on {used}, which is not told");
        }
    }
}

#[test]
fn what_is_not_known_is_neither_nought_nor_an_error() {
    let text = "entity person\ninput pay: money of person, each month ask \"What pay?\"\n\
                rule double: money of person, each month law \"L\" from the beginning: pay * 2";
    let asked = json!({"persons": {"ada": {"double": {"2024-01": null}}}});
    let rules = read(text);
    assert_eq!(openfisca::calculate(&rules, &asked).unwrap(), asked);
    let traced = openfisca::trace(&rules, &asked).unwrap();
    assert_eq!(traced["trace"]["double<2024-01>"]["outcome"][0]["needed"][0]["ask"], "What pay?");
}

#[test]
fn what_does_not_fit_is_said_where_it_stands() {
    let rules = country::country();
    let refused = |situation: Json| {
        let Misfit { status, body } = openfisca::calculate(&rules, &situation).unwrap_err();
        assert_eq!(openfisca::trace(&rules, &situation).unwrap_err(), Misfit { status, body: body.clone() });
        (status, body.to_string())
    };
    for (situation, status, place, sentence) in [
        (json!([]), 400, "{\"error\":", "object of entities"),
        (json!({}), 400, "{\"persons\":", "Nobody is described"),
        (json!({"persons": {}}), 400, "{\"persons\":", "Nobody is described"),
        (json!({"folk": {}}), 400, "{\"folk\":", "there are persons, households"),
        (json!({"persons": {"a": {}}, "person": {}}), 400, "{\"persons\":", "twice"),
        (json!({"persons": {"a": 1}}), 400, "{\"persons\":{\"a\":", "An object is expected"),
        (json!({"persons": {"a": {"salery": {"2018-03": null}}}}), 404, "\"salery\":", "salary"),
        (json!({"persons": {"a": {"rent": {"2018-03": null}}}}), 400, "\"rent\":", "of households, not of persons"),
        (json!({"persons": {"a": {"salary": 100}}}), 400, "\"salary\":", "for a period"),
        (json!({"persons": {"a": {"salary": {"2018": 100}}}}), 400, "\"2018\":", "each month"),
        (json!({"persons": {"a": {"salary": {"month:2018-03:3": 100}}}}), 400, "\"month:2018-03:3\":", "no period"),
        (json!({"persons": {"a": {"salary": {"year:2018-03": 100}}}}), 400, "\"year:2018-03\":", "no period"),
        (json!({"persons": {"a": {"salary": {"2018-03": "much"}}}}), 400, "\"2018-03\":", "money"),
        (json!({"persons": {"a": {"salary": {"2018-03": [1]}}}}), 400, "\"2018-03\":", "single value"),
        (
            json!({"persons": {"a": {}}, "households": {"h": {"adults": ["b"]}}}),
            400,
            "\"adults\":",
            "not described among persons",
        ),
        (json!({"persons": {"a": {}}, "households": {"h": {"adults": [1]}}}), 400, "\"adults\":", "A name is expected"),
        (json!({"persons": {"a": {}}, "households": {"h": {"adults": ["a", "a"]}}}), 400, "\"h\":", "twice"),
        (
            json!({"persons": {"a": {}}, "households": {"h": {"adults": ["a"], "housing_occupancy_status": {"2018-01": "castle"}}}}),
            400,
            "\"2018-01\":",
            "no option",
        ),
    ] {
        let (found, body) = refused(situation.clone());
        assert!(found == status && body.contains(place) && body.contains(sentence), "{situation}: {found} {body}");
    }
}

#[test]
fn too_much_at_once_is_refused() {
    let rules = country::country();
    let month = |at: usize| format!("{:04}-{:02}", 1900 + at / 12, at % 12 + 1);
    let salaries: serde_json::Map<String, Json> = (0..=500).map(|at| (month(at), Json::Null)).collect();
    let refused = openfisca::calculate(&rules, &json!({"persons": {"a": {"salary": salaries}}})).unwrap_err();
    assert!(refused.body.to_string().contains("500 values at most"), "{}", refused.body);
    let persons: serde_json::Map<String, Json> = (0..450).map(|at| (format!("p{at}"), json!({}))).collect();
    let mut many = json!({"persons": persons});
    let salaries: serde_json::Map<String, Json> = (0..12).map(|at| (month(at), Json::Null)).collect();
    many["persons"]["p0"]["salary"] = Json::Object(salaries);
    assert_eq!(openfisca::calculate(&rules, &many).unwrap()["persons"]["p0"]["salary"]["1900-01"], 0);
    let refused = openfisca::trace(&rules, &many).unwrap_err();
    assert!(refused.body.to_string().contains("5000 values at most"), "{}", refused.body);
}

/// One household of 400, whose income of twelve months a year adds up: what is asked for is little, and what it rests on is much.
fn large(years: usize) -> (rules::Rules, Json) {
    let text = "entity person\nentity household of person with adults\n\
                input pay: money of person, each month otherwise 1\n\
                rule income: money of household, each month law \"L\" from the beginning: sum of pay over adults\n\
                rule year: money of household, each year law \"L\" from the beginning: total of income over the year";
    let names: Vec<String> = (0..400).map(|at| format!("p{at}")).collect();
    let persons: serde_json::Map<String, Json> = names.iter().map(|name| (name.clone(), json!({}))).collect();
    let years: serde_json::Map<String, Json> = (0..years).map(|at| ((1900 + at).to_string(), Json::Null)).collect();
    (read(text), json!({"persons": persons, "households": {"h": {"adults": names, "year": years}}}))
}

#[test]
fn a_request_has_one_account_of_steps_for_all_its_values() {
    let (rules, few) = large(20);
    assert_eq!(openfisca::calculate(&rules, &few).unwrap()["households"]["h"]["year"]["1900"], 4_800);
    let (rules, many) = large(450);
    let refused = openfisca::calculate(&rules, &many).unwrap_err();
    assert_eq!(refused.status, 400);
    assert!(refused.body.to_string().contains("2000000 steps together"), "{}", refused.body);
}

#[test]
fn a_trace_counts_what_it_tells_and_not_only_what_was_asked_for() {
    let (rules, one) = large(1);
    // Two years are asked for in vain: twelve months of 400 are 4,800 values, and then as many again.
    assert!(openfisca::trace(&rules, &one).unwrap()["trace"]["pay<1900-12>"]["value"].as_array().unwrap().len() == 400);
    let (rules, two) = large(2);
    let refused = openfisca::trace(&rules, &two).unwrap_err();
    assert!(refused.body.to_string().contains("5000 values at most"), "{}", refused.body);
}

#[test]
fn lists_name_what_there_is() {
    let rules = country::country();
    let entities = openfisca::entities(&rules);
    assert_eq!(
        (&entities["person"]["plural"], &entities["household"]["plural"]),
        (&json!("persons"), &json!("households"))
    );
    assert_eq!(entities["household"]["roles"]["children"]["plural"], "children");
    let base = "http://town.example/r";
    assert_eq!(openfisca::variables(&rules, base)["salary"]["href"], "http://town.example/r/variable/salary");
    let text = include_str!("../country/country.rules");
    let tax = openfisca::variable(&rules, "income_tax", &[text], "http://town.example").unwrap();
    assert_eq!(
        (&tax["valueType"], &tax["definitionPeriod"], &tax["entity"]),
        (&json!("Float"), &json!("MONTH"), &json!("person"))
    );
    let formula = tax["formulas"]["0001-01-01"]["content"].as_str().unwrap();
    assert!(formula.starts_with("rule income_tax") && formula.ends_with("income_tax_rate"), "{formula}");
    let allowance = openfisca::variable(&rules, "housing_allowance", &[text], "").unwrap();
    assert!(
        allowance["formulas"]["1980-01-01"]["content"].is_string() && allowance["formulas"]["2016-12-01"].is_null()
    );
    let status = openfisca::variable(&rules, "housing_occupancy_status", &[text], "").unwrap();
    assert_eq!((&status["valueType"], &status["defaultValue"]), (&json!("String"), &json!("tenant")));
    assert_eq!(status["possibleValues"]["free_lodger"], "free lodger");
    let rate = openfisca::parameter(&rules, "income_tax_rate", "").unwrap();
    assert_eq!(rate["values"], json!({"2012-01-01": 0.16, "2013-01-01": 0.13, "2014-01-01": 0.14, "2015-01-01": 0.15}));
    let meals = openfisca::parameter(&rules, "meal_prices", "").unwrap();
    assert_eq!(meals["brackets"]["2017-01-01"], json!({"0": 0, "250": 1, "500": 2, "1000": 4, "2000": 8}));
    assert!(
        openfisca::parameters(&rules, base)["meal_prices"]["href"]
            .as_str()
            .unwrap()
            .ends_with("/parameter/meal_prices")
    );
    assert!(
        openfisca::variable(&rules, "nothing", &[text], "").is_none()
            && openfisca::parameter(&rules, "nothing", "").is_none()
    );
    let spec = openfisca::describe(&rules, "Town", "3.0.0", base);
    let house = &spec["components"]["schemas"]["household"]["properties"];
    assert!(house["children"].is_object() && house["rent"].is_object() && house["salary"].is_null());
}
