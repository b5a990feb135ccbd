#!/usr/bin/env python3
"""The published rules of a service behind OpenFisca's Web API, beside OpenFisca's own server (openfisca-core, with the country template) in the same run.

The invented country of the template is published in a town as the rules of a service, by an officer's pages. The same requests go to both, as JSON; answers must have the same
shape, figures must agree, and ours must fit the schemas that OpenFisca's server says of itself. A service decides one entitlement, so the two others of the country are plain
rules here; who is not entitled to the third has null with us and 0 with OpenFisca.
"""

import json
import os
import random
import sys

from jsonschema import Draft202012Validator
from openfisca_country_template import CountryTaxBenefitSystem
from openfisca_web_api.app import create_app

from services import ask_json, be, version_of
from town import Checks, Town

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RELATIVE = 1e-6
HOUSEHOLDS = 60
BASIC_INCOME = """rule basic_income: money of person, each month
  law "Basic Income Act"
  from the beginning: 0
  from 2015-12-01: if age at least age_of_majority and salary = 0 then basic_income_amount else 0
  from 2016-12-01: if age at least age_of_majority then basic_income_amount else 0
"""
HOUSING_ALLOWANCE = """rule housing_allowance: money of household, each month
  law "Housing Allowance Act"
  from the beginning: 0
  from 1980-01-01: rent * housing_allowance_rate
  from 2016-12-01: 0
"""
TESTS = [{"name": "a child of five", "period": "2018-03", "input": {"person": {"a": {"birth": "1980-01-01"}, "b": {"birth": "2013-01-01"}}, "household": {"h": {"adults": ["a"], "children": ["b"]}}}, "output": {"household": {"h": {"parenting_allowance": 600}}}}]
PERSON = ["age", "pension", "basic_income", "income_tax", "social_security_contribution"]
HOUSEHOLD = ["household_income", "housing_allowance", "parenting_allowance", "meal_price", "swimming_pool_access", "total_benefits", "total_taxes", "disposable_income"]


def item(text, begins):
    """An item of the rules with the blank line behind it."""
    begin = text.index(begins)
    return text[begin : text.index("\n\n", begin) + 1]


def country():
    with open(os.path.join(ROOT, "engines", "rules", "tests", "country", "country.rules"), encoding="utf-8") as file:
        text = file.read()
    text = text.replace(item(text, "entitlement basic_income"), BASIC_INCOME).replace(item(text, "entitlement housing_allowance"), HOUSING_ALLOWANCE)
    return text.replace("(basic_income or else 0)", "basic_income").replace("(housing_allowance or else 0)", "housing_allowance")


def publish(town):
    """By the pages, as an officer would."""
    ada = be(town, "administrator")
    at = lambda: version_of(ada.get("/admin/services/country"))
    ada.post("/admin/services", {"code": "country", "organisation": "resident-services", "title-en": "Country"})
    ada.post("/admin/services/country/form", {"version": at(), "act": "add", "kind": "text", "label-en": "Your name", "name": "full_name", "required": "yes"})
    words = {"title-en": "Country", "who-en": "Everybody", "law-en": "As invented as the country", "online": "yes", "answer-days": "10", "appeal-days": "30"}
    ada.post("/admin/services/country", {"version": at(), **words, "rules": country(), "rule-tests": json.dumps(TESTS)})
    ada.post("/admin/services/country/publish", {"version": at()})


def household(lot, month):
    january = f"{month[:4]}-01"
    persons, adults, children = {}, [], []
    for role, names, count in (("adults", adults, lot.randint(1, 3)), ("children", children, lot.randint(0, 3))):
        for number in range(count):
            name = f"{role[0]}{number}"
            names.append(name)
            year = lot.randint(1930, 1995) if role == "adults" else lot.randint(1999, 2012)
            persons[name] = {"birth": {month: f"{year}-{lot.randint(1, 12):02}-{lot.randint(1, 28):02}"}, "capital_returns": {month: lot.choice([0, 12.34, 4000])}}
            if role == "adults":
                persons[name]["salary"] = {month: lot.choice([0, 249.5, 250, 499.99, 500, 1200.4, 6000, 12400, 15000.75])}
            persons[name].update({variable: {month: None} for variable in PERSON})
    home = {"adults": adults, "children": children, "rent": {month: lot.choice([0, 333.33, 700])}, "accommodation_size": {january: lot.choice([8, 20.5, 60, 250])}}
    home |= {"housing_occupancy_status": {january: lot.choice(["owner", "tenant", "free_lodger", "homeless"])}, "housing_tax": {month[:4]: None}}
    home |= {variable: {month: None} for variable in HOUSEHOLD}
    return {"persons": persons, "households": {"home": home}}


def leaves(value, path=()):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    else:
        yield path, value


def agree(ours, theirs):
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)) and not isinstance(ours, bool):
        return abs(ours - theirs) <= RELATIVE * max(1.0, abs(theirs)) + 5e-5
    return ours == theirs


def calculations(check, town, theirs, spec):
    lot, figures, nothing = random.Random(20261127), 0, 0
    validator = Draft202012Validator({"$ref": "#/components/schemas/SituationOutput", "components": spec["components"]})
    for number in range(HOUSEHOLDS):
        asked = household(lot, lot.choice(["2016-12", "2017-01", "2018-03", "2024-02"]))
        status, ours = ask_json(town, "/services/country/rules/calculate", asked)
        answer = theirs.post("/calculate", json=asked)
        if (status, answer.status_code) != (200, 200):
            check.holds(f"household {number} is answered by both", False, f"{status} {ours} {answer.get_data(as_text=True)}")
            continue
        own, other = dict(leaves(ours)), dict(leaves(answer.get_json()))
        check.equal(f"household {number}: the same shape", set(own), set(other))
        off = []
        for path, value in own.items():
            if value is None:
                nothing += 1
                off += [(path, value, other[path])] if path[2] != "parenting_allowance" or other[path] != 0 else []
            elif not agree(value, other[path]):
                off.append((path, value, other[path]))
        check.holds(f"household {number}: {len(own)} values", not off, str(off[:3]))
        figures += len(own)
        ours["households"]["home"].pop("parenting_allowance")
        problems = [error.message for error in validator.iter_errors(ours)]
        check.equal(f"household {number}: fits OpenFisca's schema", problems, [])
    check.holds("some are not entitled", nothing > 10, str(nothing))
    print(f"  {figures} values in {HOUSEHOLDS} situations compared with OpenFisca's server")


def traces(check, town, theirs, spec):
    asked = household(random.Random(7), "2018-03")
    asked["households"]["home"].pop("parenting_allowance")
    status, ours = ask_json(town, "/services/country/rules/trace", asked)
    other = theirs.post("/trace", json=asked).get_json()
    check.equal("trace: answered", status, 200)
    check.equal("trace: the same was asked", sorted(set(ours["requestedCalculations"])), sorted(set(other["requestedCalculations"])))
    check.equal("trace: the same people", ours["entitiesDescription"], other["entitiesDescription"])
    shared = [key for key in other["trace"] if key in ours["trace"]]
    check.holds("trace: everything asked and more is in both", set(other["requestedCalculations"]) <= set(shared) and len(shared) >= 12, str(shared))
    for key in shared:
        own, them = ours["trace"][key]["value"], other["trace"][key]["value"]
        check.holds(f"trace: {key}", len(own) == len(them) and all(one is None or agree(one, two) for one, two in zip(own, them)), f"{own} {them}")
    check.holds("trace: what rests on what", "age<2018-03>" in ours["trace"]["basic_income<2018-03>"]["dependencies"])
    loose = json.loads(json.dumps(spec["components"]).replace('"parameters": {"type": "object", "additionalProperties": {"type": "object"}}', '"parameters": {"type": "object"}'))
    problems = [error.message for error in Draft202012Validator({"$ref": "#/components/schemas/Trace", "components": loose}).iter_errors(ours)]
    # Its own server writes figures where its schema says objects; ours does as its server does.
    problems = [problem for problem in problems if "is not of type 'object'" not in problem]
    check.equal("trace: fits OpenFisca's schema", problems, [])


def lists(check, town, theirs):
    read = lambda path: ask_json(town, f"/services/country/rules/{path}")[1]
    own, other = read("entities"), theirs.get("/entities").get_json()
    check.equal("entities: the same plurals", {name: one["plural"] for name, one in own.items()}, {name: one["plural"] for name, one in other.items()})
    check.equal("entities: the same roles", sorted(one["plural"] for one in own["household"]["roles"].values()), sorted(one["plural"] for one in other["household"]["roles"].values()))
    names = [name for name in theirs.get("/variables").get_json() if name in read("variables")]
    check.holds("variables: those of the country", len(names) >= 18, str(names))
    for name in names:
        one, two = read(f"variable/{name}"), theirs.get(f"/variable/{name}").get_json()
        fields = ["id", "entity", "definitionPeriod"] + ([] if name in ("age",) else ["valueType"])
        check.equal(f"variable {name}", {field: one[field] for field in fields}, {field: two[field] for field in fields})
    for ours, path in [("income_tax_rate", "taxes/income_tax_rate"), ("basic_income_amount", "benefits/basic_income")]:
        check.equal(f"parameter {ours}", read(f"parameter/{ours}")["values"], theirs.get(f"/parameter/{path}").get_json()["values"])
    scale, other = read("parameter/contribution_rates")["brackets"], theirs.get("/parameter/taxes/social_security_contribution").get_json()["brackets"]
    number = lambda brackets: {float(bound): rate for bound, rate in brackets.items()}
    check.equal("scale: brackets of 2017", number(scale["2017-01-01"]), number(other["2017-01-01"]))


def refusals(check, town, theirs):
    """The same status, and a sentence at the same place."""
    for name, asked, path in [
        ("a variable that does not exist", {"persons": {"a": {"salery": {"2018-03": None}}}}, ("persons", "a", "salery")),
        ("another entity's variable", {"persons": {"a": {"rent": {"2018-03": None}}}}, ("persons", "a", "rent")),
        ("an entity that does not exist", {"folk": {}}, ("folk",)),
        ("nobody", {"persons": {}}, ("persons",)),
        ("a person that is not described", {"persons": {"a": {}}, "households": {"h": {"adults": ["b"]}}}, ("households", "h", "adults")),
        ("no option", {"persons": {"a": {}}, "households": {"h": {"adults": ["a"], "housing_occupancy_status": {"2018-01": "castle"}}}}, ("households", "h", "housing_occupancy_status", "2018-01")),
    ]:
        status, ours = ask_json(town, "/services/country/rules/calculate", asked)
        answer = theirs.post("/calculate", json=asked)
        check.equal(f"{name}: the same status", status, answer.status_code)
        for part in path:
            ours = ours.get(part) if isinstance(ours, dict) else None
        check.holds(f"{name}: a sentence where it stands", isinstance(ours, str), str(ours))
    axes = {"persons": {"a": {"salary": {"2018-03": None}}}, "households": {"h": {"adults": ["a"]}}, "axes": [[{"name": "salary", "min": 0, "max": 3000, "count": 3, "period": "2018-03"}]]}
    status, ours = ask_json(town, "/services/country/rules/calculate", axes)
    check.holds("axes: refused in a sentence", status == 400 and isinstance(ours["axes"], str), f"{status} {ours}")
    check.equal("axes: its own server does not answer them either", theirs.post("/calculate", json=axes).status_code, 500)
    status, _, body = town.ask("/services/country/rules/calculate", b"{", {"content-type": "application/json"})
    check.holds("no JSON", status == 400 and json.loads(body)["error"].startswith("Invalid JSON"), str(body))


def main():
    check = Checks("openfisca")
    theirs = create_app(CountryTaxBenefitSystem()).test_client()
    spec = theirs.get("/spec").get_json()
    town = Town(env={"POLITY_LIMITS_ACTS_PER_MINUTE": "1000000"})
    town.start()
    try:
        publish(town)
        calculations(check, town, theirs, spec)
        traces(check, town, theirs, spec)
        lists(check, town, theirs)
        refusals(check, town, theirs)
    finally:
        town.throw_away()
    check.finish()


if __name__ == "__main__":
    sys.exit(main())
