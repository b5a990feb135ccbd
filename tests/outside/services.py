#!/usr/bin/env python3
"""Services of the built program from outside: apply, decide, appeal by HTTP as people and programs do; the catalogue as Open Referral
HSDS 3.0 held against its JSON schemas by jsonschema, as CPSV-AP 3.2 held against its SHACL shapes by pyshacl, the form held against JSON
Schema 2020-12's own meta-schema, and the record with the decisions checked by `polity verify`."""

import hashlib
import hmac
import html
import json
import os
import re
import sqlite3
import subprocess
import sys
import time

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from town import POLITY, Checks, Town, Visitor


def data(*parts):
    """A file of ../shared/data, from here upwards."""
    folder = os.path.dirname(os.path.abspath(__file__))
    while folder != "/":
        path = os.path.join(folder, "shared/data", *parts)
        if os.path.exists(path):
            return path
        folder = os.path.dirname(folder)
    return None


def ask_json(town, path, body=None, headers=None):
    sent = None if body is None else json.dumps(body).encode()
    kind = {} if body is None else {"content-type": "application/json"}
    status, _, answer = town.ask(path, sent, {**kind, **(headers or {})})
    return status, json.loads(answer) if answer else None


def hsds_validators():
    """A validator for each schema; they refer to one another by file name."""
    folder = data("service/hsds/schema")
    names = [name for name in os.listdir(folder) if name.endswith(".json") and name != "openapi.json"]
    schemas = {name: json.load(open(os.path.join(folder, name), encoding="utf-8")) for name in names}
    # They say no dialect of their own; that of HSDS 3.0 is 2020-12.
    resources = {name: Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}) for name, schema in schemas.items()}
    registry = Registry().with_resources(resources.items())
    return {name[:-5]: Draft202012Validator({"$ref": name}, registry=registry, format_checker=FormatChecker()) for name in names}


def hsds(check, town):
    validators = hsds_validators()
    root = ask_json(town, "/hsds")[1]
    check.equal("HSDS: version", root["version"], "3.0")
    kinds = {"services": "service", "organizations": "organization", "service_at_locations": "service_at_location", "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term"}
    for path, kind in kinds.items():
        seen, page = [], 1
        while True:
            status, answer = ask_json(town, f"/hsds/{path}?page={page}&per_page=3")
            check.equal(f"HSDS {path}, page {page}", status, 200)
            fields = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}
            check.equal(f"HSDS {path}, page {page}: its fields", set(answer), fields)
            check.equal(f"HSDS {path}, page {page}: its size", answer["size"], len(answer["contents"]))
            seen += answer["contents"]
            if answer["last_page"]:
                break
            page += 1
        check.equal(f"HSDS {path}: all pages together", len(seen), answer["total_items"])
        check.equal(f"HSDS {path}: each once", len({one["id"] for one in seen}), len(seen))
        for one in seen:
            full = ask_json(town, f"/hsds/{path}/{one['id']}")[1]
            for what, value in ((one["id"], one), (f"{one['id']} in full", full)):
                problems = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validators[kind].iter_errors(value)]
                check.equal(f"HSDS {kind} {what}", problems, [])
    check.holds("HSDS: found by words", ask_json(town, "/hsds/services?search=wheelchair")[1]["total_items"] >= 1)
    spoilt = {**ask_json(town, "/hsds/services?full=true")[1]["contents"][0], "status": "sleepy"}
    check.holds("HSDS: the validator finds faults", list(validators["service"].iter_errors(spoilt)) != [])


def linked(check, town):
    from pyshacl import validate
    from rdflib import Graph

    shapes = data("service/cpsv-ap/releases/3.2.0/shacl/cpsv-ap-SHACL.ttl")
    text = town.ask("/services/linked-data")[2].decode()
    graph = Graph().parse(data=text, format="json-ld")
    services = len(list(graph.query("select ?s where { ?s a <http://purl.org/vocab/cpsv#PublicService> }")))
    check.equal("CPSV-AP: as many services as HSDS has", services, ask_json(town, "/hsds/services")[1]["total_items"])
    shape_graph = Graph().parse(shapes, format="turtle")
    conforms, _, report = validate(graph, shacl_graph=shape_graph, inference="none", advanced=True)
    check.holds("CPSV-AP: zero violations", conforms, report[:2500])
    broken = Graph().parse(data=text.replace('"dct:description"', '"dct:abstract"'), format="json-ld")
    check.holds("CPSV-AP: the shapes find faults", not validate(broken, shacl_graph=shape_graph, inference="none", advanced=True)[0])


def schemas(check, town):
    for one in ask_json(town, "/services.json")[1]["services"]:
        schema = ask_json(town, f"/services/{one['code']}/schema")[1]
        try:
            Draft202012Validator.check_schema(schema)
            problem = None
        except Exception as error:
            problem = str(error)[:300]
        check.equal(f"form of {one['code']} is JSON Schema 2020-12", problem, None)
        check.holds(f"form of {one['code']} refers to nothing", '"$ref"' not in json.dumps(schema))


def be(town, persona):
    visitor = Visitor(town)
    visitor.post(f"/demo/be/{persona}", {})
    return visitor


ANSWERS = {
    "full_name": "Amina Test", "street": "Long Lane 1", "district": "3", "lives_in_zone": "yes", "car_is_used_by_you": "yes",
    "has_own_space": "no", "plate": "AB 1234", "lease": "", "email": "amina.test@example.org", "signature": "Amina Test",
}


def apply(town, code="residents-parking", answers=ANSWERS):
    begun = ask_json(town, f"/services/{code}/apply.json", {})[1]
    for name, answer in answers.items():
        status, said = ask_json(town, f"/apply/{begun['draft']}/page_{name}.json", {name: answer})
        if status != 200:
            raise RuntimeError(f"{name}: {status} {said}")
    status, filed = ask_json(town, f"/apply/{begun['draft']}/check.json", {})
    if status != 201:
        raise RuntimeError(f"sending: {status} {filed}")
    return filed


def version_of(page):
    return re.search(r'name="version" value="(-?\d+)"', page)[1]


def walk(check, town):
    """Am I entitled, apply, ask, answer, decide, appeal: as a program and as the officer Jonas."""
    asked = ask_json(town, "/services/residents-parking/entitled.json", {"facts": {}})[1]
    check.equal("entitled: one fact is asked first", (asked["is"], asked["next"]["name"]), ("not_yet_known", "lives_in_zone"))
    no = ask_json(town, "/services/residents-parking/entitled.json", {"facts": {"lives_in_zone": "no"}})[1]
    check.holds("entitled: a no has its law", no["is"] == "not_entitled" and "section 4(1)" in no["because"][0]["law"], str(no))
    grant = ask_json(town, "/services/hardship-grant/entitled.json", {"facts": {"lives_in_town": "yes", "members": "4", "income": "2500", "children": "2", "lost_home": "no"}})[1]
    check.equal("entitled: to how much", (grant["is"], float(grant["amount"])), ("entitled", 640.0))
    filed = apply(town)
    code, key = filed["code"], filed["key"]
    own = f"/applications/{code}.json?key={key}"
    status, mine = ask_json(town, own)
    check.equal("filed: the answers are there for the key", (status, mine["answers"]["plate"]), (200, "AB 1234"))
    schema = ask_json(town, "/services/residents-parking/schema")[1]
    problems = [error.message for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(mine["answers"])]
    check.equal("filed: the answers fit the form's schema", problems, [])
    check.equal("filed: nobody else sees anything", town.ask(f"/applications/{code}.json")[0], 404)
    check.equal("filed: nobody else sees anything by a wrong key", town.ask(f"/applications/{code}.json?key={'0' * 64}")[0], 404)
    jonas = be(town, "officer")
    desk = f"/desk/services/{code}"
    check.holds("office: asked why first", "Why do you open" in jonas.get(desk))
    page = jonas.post(f"{desk}/look", {"why": "working"})
    check.holds("office: the rules say the same of what was filed", "you are entitled" in page, page[:300])
    page = jonas.post(f"{desk}/ask", {"version": version_of(page), "text": "Please say the plate again."})
    check.equal("asked: it waits", ask_json(town, own)[1]["state"], "incomplete")
    ask_json(town, f"/applications/{code}/answer.json", {"key": key, "text": "AB 1234"})
    page = jonas.get(desk)
    refused = "The car is registered in another town, so section 4(2) is not met."
    jonas.post(f"{desk}/decide", {"version": version_of(page), "outcome": "refused", "text": refused})
    decided = ask_json(town, own)[1]
    check.equal("decided: with reasons", (decided["state"], decided["outcome"], decided["reasons"]), ("decided", "refused", refused))
    public = ask_json(town, f"/applications/{code}.json")[1]
    check.equal("decided: what everybody sees", set(public), {"code", "service", "number", "outcome", "decided_at"})
    time.sleep(2.5)
    proof(check, town, code, key)
    status, said = ask_json(town, f"/applications/{code}/appeal.json", {"key": key, "text": "I moved the registration in May."})
    check.equal("appealed", (status, said["state"]), (200, "in-appeal"))
    page = jonas.get(desk)
    try:
        jonas.post(f"{desk}/decide-appeal", {"version": version_of(page), "outcome": "granted", "text": refused})
        check.holds("appeal: not by whoever decided", False)
    except RuntimeError as error:
        check.holds("appeal: not by whoever decided", "422" in str(error), str(error))
    looked = town.ask(f"/applications/{code}?key={key}")[2].decode()
    check.holds("the applicant reads who looked and why", "works on it" in looked and "officer-" in looked)


def proof(check, town, code, key):
    """The applicant proves what was decided: the seal in the record is the HMAC of what the page gives out."""
    page = town.ask(f"/applications/{code}?key={key}")[2].decode()
    salt, sealed = re.search(r'<pre class="receipt"[^>]*>([0-9a-f]+)\n(.*?)</pre>', page, re.DOTALL).groups()
    position = re.search(r'href="/record/(\d+)"', page)[1]
    with sqlite3.connect(f"file:{os.path.join(town.folder, 'polity.db')}?mode=ro", uri=True) as database:
        entry = database.execute("select body from record_entries where position = ?", (int(position),)).fetchone()[0]
    seal = hmac.new(salt.encode(), html.unescape(sealed).encode(), hashlib.sha256).hexdigest()
    check.holds("the seal in the record is that of the answers and reasons", seal in entry, entry[:300])
    check.holds("the record tells nothing of who applied", "Amina" not in entry and "AB 1234" not in entry)
    receipt = town.ask(f"/record/receipt/{position}")
    check.equal("the decision has a receipt", receipt[0], 200)


def main():
    check = Checks("services")
    if not data("service/hsds/schema"):
        check.holds("the schemas are at ../shared/data/service", False)
        check.finish()
    town = Town()
    town.start()
    try:
        hsds(check, town)
        linked(check, town)
        schemas(check, town)
        walk(check, town)
        figures = ask_json(town, "/services/figures.json")[1]
        check.holds("figures: two simulated years, with intervals", figures["simulated"] > 300 and figures["all"]["granted"]["low"] < figures["all"]["granted"]["value"], str(figures["all"]))
        small = [group for part in ("districts", "channels", "languages") for group in figures[part] if group["applications"] is None]
        check.holds("figures: nothing is said of small groups", all(group["wait"] is None and group["granted"] is None for group in small))
        town.stop()
        verified = subprocess.run([POLITY, "verify", town.folder], capture_output=True, text=True)
        check.equal("the record with the decisions is whole", verified.returncode, 0)
    finally:
        town.throw_away()
    check.finish()


if __name__ == "__main__":
    sys.exit(main())
