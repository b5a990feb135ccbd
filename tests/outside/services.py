#!/usr/bin/env python3
"""Services of the built program from outside: apply, decide, appeal by HTTP as people and programs do; the catalogue as Open Referral
HSDS 3.0 held against its JSON schemas by jsonschema, as CPSV-AP 3.2 held against its SHACL shapes by pyshacl, the form held against JSON
Schema 2020-12's own meta-schema, and the record with the decisions checked by `polity verify`; appointments by many at once and as `icalendar` reads them; fees with a
provider whose signatures Python makes; the inbox over all desks page by page."""

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
from concurrent.futures import ThreadPoolExecutor

import icalendar
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
    kinds = {"services": "service", "organizations": "organization", "service_at_locations": "service_at_location", "locations": "location", "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term"}
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
    check.holds("office: the rules say the same of what was filed", "the applicant is entitled" in page, page[:300])
    page = jonas.post(f"{desk}/ask", {"version": version_of(page), "text": "Please say the plate again."})
    check.equal("asked: it waits", ask_json(town, own)[1]["state"], "incomplete")
    ask_json(town, f"/applications/{code}/answer.json", {"key": key, "text": "AB 1234"})
    page = jonas.get(desk)
    refused = "The car is registered in another town, so section 4(2) is not met."
    decision = {"version": version_of(page), "outcome": "refused", "text": refused}
    try:
        jonas.post(f"{desk}/decide", decision)
        check.holds("decided: against the rules only when asked twice", False)
    except RuntimeError as error:
        check.holds("decided: against the rules only when asked twice", "422" in str(error) and "#against" in str(error), str(error))
    jonas.post(f"{desk}/decide", {**decision, "against": "yes"})
    decided = ask_json(town, own)[1]
    check.equal("decided: with reasons", (decided["state"], decided["outcome"], decided["reasons"]), ("decided", "refused", refused))
    public = ask_json(town, f"/applications/{code}.json")[1]
    check.equal("decided: what everybody sees", set(public), {"code", "service", "number", "version_url", "outcome", "decided_at"})
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
    file = os.path.join(town.folder, "proof.json")
    given = town.ask(f"/applications/{code}/proof?key={key}")[2].decode()
    verify = lambda *more: subprocess.run([POLITY, "verify", "--receipt", file, *more], capture_output=True, text=True, check=False)
    with open(file, "w", encoding="utf-8") as kept:
        kept.write(given)
    for more in ((), (town.url,)):
        said = verify(*more)
        check.equal(f"polity verify --receipt {len(more)}", said.returncode, 0)
        check.holds("and it says what was decided", "refused" in said.stdout, said.stdout + said.stderr)
    with open(file, "w", encoding="utf-8") as kept:
        kept.write(given.replace("AB 1234", "AB 1235"))
    said = verify()
    check.holds("polity verify --receipt finds a changed answer", said.returncode == 1 and given.count("AB 1234") > 0, said.stdout + said.stderr)
    check.holds("the proof is for nobody without the key", town.ask(f"/applications/{code}/proof")[0] == 404)
    receipt = town.ask(f"/record/receipt/{position}")
    check.equal("the decision has a receipt", receipt[0], 200)


CARD = {
    "full_name": "Omar Test", "birth": "1990-02-28", "lives_in_town": "yes", "district": "3", "lost_card": "yes", "has_social_card": "no",
    "email": "omar.test@example.org",
}


def appointments(check, town):
    """The last place by many at once, the waiting list, the calendar file as a calendar program reads it."""
    times = ask_json(town, "/services/marriage/appointments.json")[1]
    check.holds("appointments: free times", len(times["free"]) > 3 and all(one["places"] == 1 for one in times["free"]), str(times)[:300])
    answers = {"full_name": "Two Test", "of_age": "yes", "one_lives_here": "yes", "has_saturday": "no", "district": "3", "email": "two.test@example.org", "signature": "Two Test"}
    filed = [apply(town, "marriage", answers) for _ in range(10)]
    slot = times["free"][0]["slot"]

    def act(one, body):
        return ask_json(town, f"/applications/{one['code']}/appointment.json", {"key": one["key"], **body})

    with ThreadPoolExecutor(10) as pool:
        tries = list(pool.map(lambda one: act(one, {"slot": slot}), filed))
    statuses = sorted(status for status, _ in tries)
    check.equal("appointments: ten at once, one gets it", statuses, [200] + [409] * 9)
    winner = next(one for one, (status, _) in zip(filed, tries) if status == 200)
    losers = [one for one in filed if one is not winner]
    with sqlite3.connect(f"file:{os.path.join(town.folder, 'polity.db')}?mode=ro", uri=True) as database:
        held = database.execute("select count(*) from appointments where service = 'marriage' and state = 'booked' and begins_at = (select begins_at from appointments where owner = ? and state = 'booked')", (winner["code"],)).fetchone()[0]
    check.equal("appointments: one in the database", held, 1)
    status, _, ics = town.ask(f"/applications/{winner['code']}/appointment.ics?key={winner['key']}")
    event = icalendar.Calendar.from_ical(ics).walk("VEVENT")[0]
    begins = event["DTSTART"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    check.equal("appointments: the calendar file says the same", (status, begins), (200, times["free"][0]["begins_at"]))
    check.equal("appointments: it takes 45 minutes", (event["DTEND"].dt - event["DTSTART"].dt).seconds, 45 * 60)
    check.equal("appointments: nobody else reads it", town.ask(f"/applications/{winner['code']}/appointment.ics?key={losers[0]['key']}")[0], 404)
    plan, moment = slot.split(" ")
    day = moment[:10]
    rest = [one["slot"] for one in times["free"] if one["slot"].split(" ")[1][:10] == day][1:]
    takers, waiting = losers[: len(rest)], losers[len(rest):][:2]
    for one, place in zip(takers, rest):
        check.equal("appointments: the rest of the day", act(one, {"slot": place})[0], 200)
    check.equal("appointments: one waits", act(waiting[0], {"wait": f"{plan} {day}"})[0], 200)
    check.equal("appointments: another waits", act(waiting[1], {"wait": f"{plan} {day}"})[0], 200)
    check.equal("appointments: given up", act(winner, {"cancel": "yes"})[0], 200)
    got = [ask_json(town, f"/applications/{one['code']}/appointment.json?key={one['key']}")[1]["appointment"] for one in waiting]
    soon = got == [None, None]
    check.holds("appointments: the first who waited got it", soon or (got[0]["begins_at"] == moment and got[1] is None), str(got))
    if soon:
        print("  note services: the first day is less than 12 hours away, so nothing is given from the list")
    jonas = be(town, "officer")
    check.holds("appointments: the list of the day", "Appointments of the day" in jonas.get(f"/desk/services/appointments?day={day}"))


def fees(check, town):
    """Paid once by a provider that signs, repeats itself and errs; signatures made by Python's own HMAC."""
    one = apply(town, "identity-card", CARD)
    page = f"/applications/{one['code']}?key={one['key']}"
    check.holds("fees: by the rule, with its law", "40 is to be paid" in town.ask(page)[2].decode() and "section 6" in town.ask(page)[2].decode())
    free = apply(town, "identity-card", {**CARD, "has_social_card": "yes"})
    check.holds("fees: an exemption is nothing", "For you it costs nothing" in town.ask(f"/applications/{free['code']}?key={free['key']}")[2].decode())
    status, to = ask_json(town, f"/applications/{one['code']}/pay.json", {"key": one["key"]})
    checkout = to["url"][len(town.url):] if to["url"].startswith(town.url) else "/sandbox" + to["url"].split("/sandbox", 1)[1]
    check.holds("fees: the sandbox says that it is one", status == 200 and "no money moves" in town.ask(checkout)[2].decode())
    town.ask(checkout.split("?")[0], {"act": "lose", "back": ""}, {"sec-fetch-site": "same-origin"})
    jonas = be(town, "officer")

    def differing():
        return [(one["kind"], one["application"]) for one in json.loads(jonas.get("/desk/services/payments/differences.json"))["differences"]]

    check.equal("fees: what is paid there and not here is named", differing(), [("paid-there", one["code"])])
    with sqlite3.connect(f"file:{os.path.join(town.folder, 'polity.db')}?mode=ro", uri=True) as database:
        payment, key = database.execute("select p.id, k.secret from payments p, payment_keys k where p.application = ?", (one["code"],)).fetchone() or (None, None)
        if key is None:
            payment = database.execute("select id from payments where application = ?", (one["code"],)).fetchone()[0]
        reference = database.execute("select reference from sandbox_charges where payment = ?", (payment,)).fetchone()[0]

    def tell(key, **fields):
        body = json.dumps({"id": "outside-1", "kind": "paid", "payment": payment, "reference": reference, "amount_cents": 4000, **fields}).encode()
        signature = hmac.new((key or "").encode(), body, hashlib.sha256).hexdigest()
        status, _, answer = town.ask("/payments/callback/sandbox", body, {"content-type": "application/json", "x-payment-signature": signature})
        return status, json.loads(answer).get("answer")

    check.equal("fees: a guessed signature is refused", tell("guess")[0], 403)
    with sqlite3.connect(f"file:{os.path.join(town.folder, 'polity.db')}?mode=ro", uri=True) as database:
        key = database.execute("select secret from payment_keys where provider = 'sandbox'").fetchone()[0]
    check.equal("fees: another amount is put aside", tell(key, id="outside-0", amount_cents=1), (200, "put-aside"))
    with ThreadPoolExecutor(8) as pool:
        answers = [answer for _, answer in pool.map(lambda _: tell(key), range(8))]
    check.equal("fees: told eight times at once, taken once", sorted(answers), ["known"] * 7 + ["taken"])
    check.holds("fees: paid", "40 was paid" in town.ask(page)[2].decode())
    check.equal("fees: nothing differs", differing(), [])
    csv = jonas.get("/desk/services/payments.csv?service=identity-card")
    check.holds("fees: nothing is 0.00, in the file too", f"{free['code']},identity-card,nothing,0.00" in csv and f"{one['code']},identity-card,paid,40.00" in csv, csv[:300])
    check.holds("fees: in public only sums", "payments" not in json.dumps(ask_json(town, "/services/figures.json")[1]) and ask_json(town, "/services/figures.json")[1]["fees"]["count"] > 10)
    check.holds("fees: visitors do not read payments", "differences" not in town.ask("/desk/services/payments.json")[2].decode())


def one_inbox(check, town):
    """Every page of the inbox over all desks: in order, nothing twice, nothing left out."""
    jonas = be(town, "officer")
    seen, after = [], ""
    for _ in range(500):
        page = json.loads(jonas.get(f"/desk/all.json?after={after}"))
        seen += page["work"]
        after = page["next"]
        if not after:
            break
    check.holds("inbox: both rooms", {"requests", "services"} <= {one["room"] for one in seen})
    dues = [one["due_at"] or "9999" for one in seen]
    check.equal("inbox: what is due first stands first", dues, sorted(dues))
    check.equal("inbox: each once", len({(one["room"], one["code"]) for one in seen}), len(seen))
    for room in ("requests", "services"):
        only, after = [], ""
        while after is not None:
            page = json.loads(jonas.get(f"/desk/all.json?room={room}&after={after}"))
            only += page["work"]
            after = page["next"]
        check.equal(f"inbox: the same in {room} alone", [one["code"] for one in only], [one["code"] for one in seen if one["room"] == room])
    check.equal("inbox: not for visitors", town.ask("/desk/all.json")[0], 401)


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
        appointments(check, town)
        fees(check, town)
        one_inbox(check, town)
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
