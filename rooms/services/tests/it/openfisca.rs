use crate::{
    entitled::{RULES, TESTS},
    town::halls,
};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

const BASE: &str = "/services/parking/rules";

fn asked(month: &str) -> Value {
    json!({"persons": {
        "amina": {"own_car": {month: true}, "rent": {month: 1200.5}, "permit": {month: null}},
        "bo": {"own_car": {month: false}, "permit": {month: null}},
        "cleo": {"own_car": {month: true}, "permit": {month: null}},
    }})
}

#[tokio::test]
async fn published_rules_answer_what_asks_openfisca_and_nothing_is_kept() {
    for hall in halls().await {
        let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
        let program = hall.town.browser();
        let found = program.post_json(&format!("{BASE}/calculate"), &asked("2026-09")).await.sees(StatusCode::OK);
        assert_eq!(found.headers["country-package"], "parking");
        assert_eq!(found.headers["country-package-version"], "1.0.0");
        let found = found.json();
        assert_eq!(found["persons"]["amina"]["permit"]["2026-09"], 25);
        assert_eq!(found["persons"]["bo"]["permit"]["2026-09"], Value::Null);
        let traced = program.post_json(&format!("{BASE}/trace"), &asked("2026-09")).await.sees(StatusCode::OK).json();
        let permit = &traced["trace"]["permit<2026-09>"];
        assert_eq!(permit["value"], json!([25, null, null]));
        assert_eq!(permit["outcome"][1]["because"][0]["law"], "Parking ordinance, section 4(2)");
        assert_eq!(permit["outcome"][2]["needed"][0]["variable"], "rent");
        // What is written and not published does not answer.
        let dearer = RULES.replace("else 25", "else 99");
        hall.keep(&olga, "parking", &[("rules", &dearer), ("rule-tests", TESTS)]).await.sees(StatusCode::SEE_OTHER);
        let still = program.post_json(&format!("{BASE}/calculate"), &asked("2026-09")).await.json();
        assert_eq!(still["persons"]["amina"]["permit"]["2026-09"], 25);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let now = program.post_json(&format!("{BASE}/calculate"), &asked("2026-09")).await;
        assert_eq!(now.headers["country-package-version"], "2.0.0");
        assert_eq!(now.json()["persons"]["amina"]["permit"]["2026-09"], 99);
        assert!(hall.town.column("select secret_hash from service_drafts").await.is_empty(), "nothing is kept");
    }
}

#[tokio::test]
async fn its_lists_and_what_it_refuses() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let program = hall.town.browser();
        program.get(&format!("{BASE}/variables")).await.sees(StatusCode::NOT_FOUND);
        hall.keep(&olga, "parking", &[("rules", RULES), ("rule-tests", TESTS)]).await.sees(StatusCode::SEE_OTHER);
        program.get(&format!("{BASE}/variables")).await.sees(StatusCode::NOT_FOUND);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let variables = program.get(&format!("{BASE}/variables")).await.sees(StatusCode::OK).json();
        let href = variables["permit"]["href"].as_str().unwrap();
        let (_, path) = href.split_once("/services/").unwrap();
        let permit = program.get(&format!("/services/{path}")).await.sees(StatusCode::OK).json();
        assert!(permit["formulas"]["2010-01-01"]["content"].as_str().unwrap().contains("requires own_car"));
        let parameters = program.get(&format!("{BASE}/parameters")).await.sees(StatusCode::OK).json();
        let (_, path) = parameters["permit.most_rent"]["href"].as_str().unwrap().split_once("/services/").unwrap();
        let most = program.get(&format!("/services/{path}")).await.sees(StatusCode::OK).json();
        assert_eq!(most["values"], json!({"2010-01-01": 900}));
        assert_eq!(program.get(&format!("{BASE}/entities")).await.json()["person"]["plural"], "persons");
        let spec = program.get(&format!("{BASE}/spec")).await.sees(StatusCode::OK).json();
        assert!(spec["servers"][0]["url"].as_str().unwrap().ends_with(BASE));
        for nothing in ["variable/nothing", "parameter/nothing/at/all"] {
            program.get(&format!("{BASE}/{nothing}")).await.sees(StatusCode::NOT_FOUND);
        }
        program.get("/services/nothing/rules/spec").await.sees(StatusCode::NOT_FOUND);
        for act in ["calculate", "trace"] {
            let unknown = json!({"persons": {"amina": {"rant": {"2026-09": null}}}});
            let unknown =
                program.post_json(&format!("{BASE}/{act}"), &unknown).await.sees(StatusCode::NOT_FOUND).json();
            assert!(unknown["persons"]["amina"]["rant"].as_str().unwrap().contains("rent"), "{unknown}");
            let wrong = json!({"persons": {"amina": {"rent": {"2026": 5}}}});
            let wrong = program.post_json(&format!("{BASE}/{act}"), &wrong).await.sees(StatusCode::BAD_REQUEST).json();
            assert!(wrong["persons"]["amina"]["rent"]["2026"].is_string(), "{wrong}");
            let axes = json!({"persons": {"amina": {"rent": {"2026-09": null}}}, "axes": [[{"name": "rent", "min": 0, "max": 900, "count": 3, "period": "2026-09"}]]});
            let axes = program.post_json(&format!("{BASE}/{act}"), &axes).await.sees(StatusCode::BAD_REQUEST).json();
            assert!(axes["axes"].as_str().unwrap().contains("members of their own"), "{axes}");
            let nothing =
                program.post(&format!("{BASE}/{act}"), &[("persons", "1")]).await.sees(StatusCode::BAD_REQUEST);
            assert!(nothing.json()["error"].as_str().unwrap().starts_with("Invalid JSON"));
        }
    }
}

/// A household whose income is added up over each of many years.
const LARGE: &str = r#"
entity household of person with adults
input pay: money of person, each month
  otherwise 1
rule income: money of household, each month
  law "Parking ordinance, section 9"
  from the beginning: sum of pay over adults
rule year: money of household, each year
  law "Parking ordinance, section 9"
  from the beginning: total of income over the year
"#;

#[tokio::test]
async fn what_takes_long_holds_up_nobody_and_ends() {
    for hall in halls().await {
        let rules = RULES.replace("parameter", &format!("{}\nparameter", LARGE.trim()));
        hall.parking(&[("rules", &rules), ("rule-tests", TESTS)]).await;
        let names: Vec<String> = (0..400).map(|at| format!("p{at}")).collect();
        let persons: serde_json::Map<String, Value> = names.iter().map(|name| (name.clone(), json!({}))).collect();
        let years: serde_json::Map<String, Value> = (0..450).map(|at| ((1900 + at).to_string(), Value::Null)).collect();
        let asked = json!({"persons": persons, "households": {"h": {"adults": names, "year": years}}});
        let (program, visitor) = (hall.town.browser(), hall.town.browser());
        let path = format!("{BASE}/calculate");
        let mut long = std::pin::pin!(program.post_json(&path, &asked));
        // On the one thread of this test.
        tokio::select! {
            biased;
            early = &mut long => panic!("others waited for {}", early.text),
            seen = visitor.get("/services/nothing/rules") => { seen.sees(StatusCode::NOT_FOUND); }
        }
        let refused = long.await.sees(StatusCode::BAD_REQUEST);
        refused.says("2000000 steps together");
    }
}

#[tokio::test]
async fn how_often_it_is_asked_is_counted() {
    let room = services::room();
    for path in ["/services/{code}/rules/calculate", "/services/{code}/rules/trace"] {
        let route = room.routes.iter().find(|route| route.path == path).unwrap();
        assert!(route.metered, "{path}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_may_ask_what_everybody_may_read_and_nothing_else() {
    for hall in halls().await {
        let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
        let other = hall.town.browser();
        for (path, method, methods) in [
            (format!("{BASE}/calculate"), Method::POST, "POST, OPTIONS"),
            (format!("{BASE}/trace"), Method::POST, "POST, OPTIONS"),
            (format!("{BASE}/variables"), Method::GET, "GET, HEAD, OPTIONS"),
            ("/hsds/services".to_owned(), Method::GET, "GET, HEAD, OPTIONS"),
            ("/services/linked-data".to_owned(), Method::GET, "GET, HEAD, OPTIONS"),
            ("/services/parking/schema".to_owned(), Method::GET, "GET, HEAD, OPTIONS"),
        ] {
            let asked = other.preflight(&path, method).await.sees(StatusCode::NO_CONTENT);
            assert_eq!(asked.headers["access-control-allow-origin"], "*", "{path}");
            assert_eq!(asked.headers["access-control-allow-methods"], methods, "{path}");
            assert_eq!(
                asked.headers["access-control-allow-headers"], "content-type, if-none-match, if-range, range",
                "no token: {path}"
            );
            assert!(!asked.headers.contains_key("access-control-allow-credentials"), "{path}");
        }
        let open = |seen: &testing::Seen| seen.headers.get("access-control-allow-origin").is_some();
        assert!(open(&other.get(&format!("{BASE}/entities")).await.sees(StatusCode::OK)));
        assert!(open(&other.get("/hsds/services").await.sees(StatusCode::OK)));
        assert!(open(&other.post_json(&format!("{BASE}/calculate"), &asked("2026-09")).await.sees(StatusCode::OK)));
        // What is wrong can be read there too, with the house's own stops.
        assert!(open(&other.post_json(&format!("{BASE}/calculate"), &json!([])).await.sees(StatusCode::BAD_REQUEST)));
        assert!(open(&other.get("/services/nothing/rules/spec").await.sees(StatusCode::NOT_FOUND)));
        let wrong = other.get(&format!("{BASE}/calculate")).await.sees(StatusCode::METHOD_NOT_ALLOWED);
        assert!(open(&wrong) && wrong.json()["status"] == 405, "{}", wrong.text);
        // So can the headers that say something of their own.
        let exposed = other.get(&format!("{BASE}/entities")).await.headers["access-control-expose-headers"].clone();
        assert!(exposed.to_str().unwrap().starts_with("country-package, country-package-version, retry-after, etag"));
        // Pages, and what belongs to somebody.
        let (code, key) = hall.applies(&hall.town.browser()).await;
        for path in ["/services/parking".to_owned(), format!("/applications/{code}/receipt.pdf?key={key}")] {
            assert!(!open(&other.get(&path).await.sees(StatusCode::OK)), "{path}");
            let asked = other.preflight(&path, Method::GET).await.sees(StatusCode::METHOD_NOT_ALLOWED);
            assert!(!open(&asked), "{path}");
        }
        assert!(!open(&olga.get("/desk/services").await.sees(StatusCode::OK)));
    }
}

#[tokio::test]
async fn a_route_that_needs_a_mandate_stays_closed_to_other_sites() {
    const SECRET: civic::Act = civic::Act::town("secret.read", &[civic::Role::Officer]);
    let plan = testing::Plan {
        rooms: || {
            let secret = web::Route::get("/secret", SECRET, async || "x").for_other_sites();
            vec![
                people::room(),
                places::room(),
                web::Room { name: "secret", routes: vec![secret], ..web::Room::default() },
            ]
        },
        install: crate::town::install,
        demo: false,
    };
    for town in testing::towns(&plan) {
        let asked = town.browser().preflight("/secret", Method::GET).await.sees(StatusCode::METHOD_NOT_ALLOWED);
        assert!(!asked.headers.contains_key("access-control-allow-origin"));
        let seen = town.browser().get("/secret").await.sees(StatusCode::UNAUTHORIZED);
        assert!(!seen.headers.contains_key("access-control-allow-origin"));
    }
}

#[tokio::test]
async fn a_fault_can_be_read_on_other_sites_too() {
    const READ: civic::Act = civic::Act::public("falls.read");
    async fn falls() -> &'static str {
        panic!("a test")
    }
    let plan = testing::Plan {
        rooms: || {
            let routes =
                vec![web::Route::get("/falls", READ, falls).for_other_sites(), web::Route::get("/trips", READ, falls)];
            vec![people::room(), places::room(), web::Room { name: "falls", routes, ..web::Room::default() }]
        },
        install: crate::town::install,
        demo: false,
    };
    for town in testing::towns(&plan) {
        let fault = town.browser().get("/falls").await.sees(StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(fault.headers["access-control-allow-origin"], "*");
        assert_eq!(fault.json()["status"], 500);
        let fault = town.browser().get("/trips").await.sees(StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!fault.headers.contains_key("access-control-allow-origin"));
    }
}
