"""Surveys and meetings as strangers meet them: the questions held against JSON Schema 2020-12 by jsonschema, results counted again from
the single answers with what must be hidden worked out by other rules, meetings read by a calendar library that is not ours."""

import csv
import io
import json
import re
from datetime import datetime, timezone
from itertools import combinations

import icalendar
from jsonschema import Draft202012Validator, FormatChecker

from town import Checks, Town, Visitor

check = Checks("gatherings")
SMALL = 5


def may_be(told, whole):
    """Every way in which the counts that are not told could be: whole numbers that make the whole up with those that are told."""
    hidden = [value for value, count in told.items() if count is None]
    rest = whole - sum(count for count in told.values() if count is not None)
    if not hidden:
        return [{}]
    # Stars and bars, as long as that is few; else the smallest and the largest are enough.
    if len(hidden) > 3 or rest > 60:
        return [{hidden[0]: 0, hidden[-1]: rest}, {hidden[0]: rest, hidden[-1]: 0}]
    ways = []
    for bars in combinations(range(rest + len(hidden) - 1), len(hidden) - 1):
        edges = (-1, *bars, rest + len(hidden) - 1)
        ways.append({value: edges[i + 1] - edges[i] - 1 for i, value in enumerate(hidden)})
    return ways


def counted_again(code, steward):
    """The published results of a survey against its single answers."""
    schema = json.loads(town.ask(f"/surveys/{code}/schema")[2])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    answers = json.loads(steward.get(f"/admin/surveys/{code}/answers.json"))["answers"]
    results = json.loads(town.ask(f"/surveys/{code}/results.json")[2])
    check.equal(f"{code}: as many answers as there are", results["answers"], len(answers))
    wrong = [error.message[:120] for one in answers for error in validator.iter_errors(one)]
    check.equal(f"{code}: every answer fits the schema", wrong, [])
    check.equal(f"{code}: in an order that says nothing", [json.dumps(a, separators=(",", ":"), sort_keys=True) for a in answers], sorted(json.dumps(a, separators=(",", ":"), sort_keys=True) for a in answers))
    hidden = 0
    for question in results["questions"]:
        name = question["name"]
        given = [one[name] for one in answers if name in one]
        if question["answered"] is not None:
            check.equal(f"{code}: {name} was answered so often", question["answered"], len(given))
        several = any(isinstance(one, list) for one in given)
        told = {cell["value"]: cell["count"] for cell in question["cells"]}
        for value, count in told.items():
            true = sum(value in one if isinstance(one, list) else ("yes" if one else "no") == value if isinstance(one, bool) else one == value for one in given)
            if count is None:
                hidden += 1
            else:
                check.equal(f"{code}: {name}={value}", count, true)
                check.holds(f"{code}: {name}={value} finds nobody", count == 0 or count >= SMALL, count)
        if told and not several and None in told.values():
            ways = may_be(told, len(given))
            for value in [value for value, count in told.items() if count is None]:
                possible = {way.get(value) for way in ways}
                check.holds(f"{code}: {name}={value} cannot be worked out", len(possible) > 1, possible)
    rows = list(csv.DictReader(io.StringIO(town.ask(f"/surveys/{code}/results.csv")[2].decode())))
    cells = sum(max(1, len(question["cells"])) for question in results["questions"])
    check.equal(f"{code}: the table has every answer", len(rows), cells)
    return hidden


town = Town()
try:
    town.start(240)
    administrator = Visitor(town)
    administrator.post("/demo/be/administrator", {})
    surveys = json.loads(town.ask("/surveys.json")[2])["surveys"]
    check.equal("the demo has a survey that is over and one that is open", sorted(one["standing"] for one in surveys), ["counted", "open"])
    over = next(one for one in surveys if one["standing"] == "counted")["code"]
    open_one = next(one for one in surveys if one["standing"] == "open")["code"]
    hidden = counted_again(over, administrator)
    check.holds("and something small is hidden in it", hidden > 0, hidden)
    check.equal("of the open one nothing is told", town.ask(f"/surveys/{open_one}/results.json")[0], 404)

    # One of our own: designed by form, answered by forms and by programs, closed by the clock.
    administrator.post("/admin/surveys", {"code": "lamps", "title-en": "Lamps"})
    for version, fields in enumerate([
        {"kind": "choice", "label-en": "How is the light?", "name": "light", "choices": "good = Good\nbad = Bad\nnone = None", "required": "yes"},
        {"kind": "text", "label-en": "Where is it bad?", "name": "spot", "show-if": "light=bad", "required": "yes"},
        {"kind": "yes-no", "label-en": "Do you cycle?", "name": "cycles"},
    ], 1):
        administrator.post("/admin/surveys/lamps/form", {"version": version, "act": "add", **fields})
    administrator.post("/admin/surveys/lamps", {
        "version": 4, "title-en": "Lamps", "summary-en": "How is the light in your street?", "who": "anyone",
        "opens": "2017-01-01T08:00", "closes": "2018-01-08T09:06",
    })
    administrator.post("/admin/surveys/lamps/publish", {})
    schema = json.loads(town.ask("/surveys/lamps/schema")[2])
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    check.holds("who says it is bad must say where", not validator.is_valid({"light": "bad"}) and validator.is_valid({"light": "good"}))
    for number in range(13):
        visitor = Visitor(town)
        visitor.get("/surveys/lamps/answer")
        light = "good" if number < 7 else "bad" if number < 11 else "none"
        visitor.post("/surveys/lamps/answer/page_light", {"q1": light})
        if light == "bad":
            visitor.post("/surveys/lamps/answer/page_spot", {"q1": "At the steps"})
        visitor.post("/surveys/lamps/answer/page_cycles", {"q1": "yes"})
        visitor.post("/surveys/lamps/send", {})
        visitor.post("/surveys/lamps/send", {})
    check.equal("each browser counts once", json.loads(town.ask("/surveys/lamps.json")[2])["answers"], 13)
    stranger = town.ask("/surveys/lamps/answers", data=json.dumps({"light": "good"}).encode(), headers={"content-type": "application/json", "accept": "application/json"}, method="POST")
    check.equal("who keeps no cookie is told why nothing is kept", (stranger[0], b"survey-needs-cookie" in stranger[2]), (422, True))

    # Meetings.
    meetings = json.loads(town.ask("/meetings.json")[2])["meetings"]
    held = next(one for one in meetings if one["standing"] == "minuted")
    check.holds("the minutes answer proposals", all(one["about"].startswith("proposal/") for one in held["minutes"]["decisions"]), held)
    about = held["minutes"]["decisions"][0]["about"].split("/")[1]
    thread = json.loads(town.ask(f"/thread/proposal/{about}.json")[2])
    check.holds("and stand in the thread of the proposal", any(link["relation"] == "answers" and link["from"] == f"meeting/{held['code']}" for link in thread["links"]), thread["links"])
    coming = next(one for one in meetings if one["standing"] == "coming")
    check.equal("no more come than there are places", (coming["taken"], coming["waiting"]), (coming["places"], 2))
    for path, least in [("/meetings/calendar.ics", 1), (f"/meetings/{coming['code']}/calendar.ics", 1)]:
        status, headers, body = town.ask(path)
        check.equal(f"{path} is a calendar", (status, headers.get("content-type")), (200, "text/calendar; charset=utf-8"))
        check.holds(f"{path} has short lines", all(len(line) <= 75 for line in body.split(b"\r\n")))
        calendar = icalendar.Calendar.from_ical(body)
        events = list(calendar.walk("VEVENT"))
        check.equal(f"{path} has no errors", (calendar.errors, [one.errors for one in events if one.errors]), ([], []))
        mine = [one for one in events if str(one["UID"]).startswith(f"meeting-{coming['code']}")]
        check.equal(f"{path} has the meeting once", len(mine), least)
        begins = datetime.fromisoformat(coming["starts_at"])
        check.equal(f"{path} begins when it should", mine[0].decoded("DTSTART").astimezone(timezone.utc), begins.astimezone(timezone.utc))
    resident = Visitor(town)
    resident.post("/demo/be/resident", {})
    page = resident.post(f"/meetings/{coming['code']}/register", {})
    check.holds("who comes late waits", "number 3 on the waiting list" in page, re.findall("<b>[^<]*</b>", page)[:4])
    page = resident.post(f"/meetings/{coming['code']}/leave", {})
    check.holds("and gives that back", "Put me on the waiting list" in page)
    everywhere = town.ask(f"/meetings/{coming['code']}.json")[2] + town.ask(f"/meetings/{coming['code']}")[2]
    check.holds("nobody is told who comes", b"simulated-1@" not in everywhere and b"Resident 1 (simulated)" not in everywhere)
finally:
    town.throw_away()
check.finish()
