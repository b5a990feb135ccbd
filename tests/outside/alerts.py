"""Planned works and promised ends, read by a calendar library that is not ours; the paper forms and notices, read as PDF."""

import io
import json
import re
from datetime import datetime, timedelta, timezone

import icalendar
import pypdf

from town import Checks, Town, Visitor

check = Checks("alerts")
town = Town()
try:
    town.start()
    officer = Visitor(town)
    officer.post("/demo/be/administrator", {})
    some = json.loads(town.ask("/requests.json?limit=1")[2])["requests"][0]
    now = datetime.fromisoformat(some["opened_at"])
    # The demo stands a week after its last report.
    begins = now + timedelta(days=20)
    long_title = "New pipes; with, signs \\ and a title that is far longer than a line of a calendar may be"
    works = {
        "organisation": some["organisation"]["code"], "title": long_title, "words": "One lane is closed.\nمسار واحد مغلق.",
        "place": "Main Street, 2 to 18", "district": "3", "from": begins.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "until": (begins + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    page = officer.post("/works", works)
    check.holds("works are announced", "New pipes" in page, page[:300])
    code = re.search(r'href="/works/(W-[0-9A-Z]+)\.ics"', page)[1]

    def events(path):
        status, headers, body = town.ask(path)
        check.equal(f"{path} is a calendar", (status, headers.get("content-type")), (200, "text/calendar; charset=utf-8"))
        check.holds(f"{path} has short lines", all(len(line) <= 75 for line in body.split(b"\r\n")))
        calendar = icalendar.Calendar.from_ical(body)
        check.equal(f"{path} has no errors", (calendar.errors, [event.errors for event in calendar.walk("VEVENT") if event.errors]), ([], []))
        return list(calendar.walk("VEVENT"))

    one = events(f"/works/{code}.ics")[0]
    check.equal("the title survives", str(one["SUMMARY"]), long_title)
    check.equal("the words survive", str(one["DESCRIPTION"]), works["words"])
    check.equal("it begins when it should", one.decoded("DTSTART"), begins.astimezone(timezone.utc).replace(microsecond=0))
    check.equal("it is confirmed", (str(one["STATUS"]), int(one["SEQUENCE"])), ("CONFIRMED", 0))
    officer.post(f"/works/{code}/call-off", {"version": "1"})
    again = events(f"/works/{code}.ics")[0]
    check.equal("called off it is cancelled", (str(again["STATUS"]), int(again["SEQUENCE"]), str(again["UID"])), ("CANCELLED", 1, str(one["UID"])))
    area = events("/alerts/calendar.ics?district=3")
    check.equal("an area has the works of its district", sum(str(event["UID"]) == str(one["UID"]) for event in area), 1)
    ends = [event for event in area if str(event["UID"]).startswith("end-request")]
    check.holds("and its promised ends, as days", ends and all(not hasattr(event.decoded("DTSTART"), "hour") for event in ends), len(ends))
    check.equal("each once", len({str(event["UID"]) for event in area}), len(area))
    circle = events("/alerts/calendar.ics?lat=34.05&long=-118.25&radius=5000")
    check.holds("a circle has promised ends with their places", any("GEO" in event for event in circle), len(circle))

    for language, word in [("en", "Report: "), ("es", "Aviso: "), ("ar", "بلاغ: ")]:
        form = pypdf.PdfReader(io.BytesIO(town.ask(f"/report/paper/graffiti.pdf?language={language}")[2]), strict=True)
        check.holds(f"the paper form names itself ({language})", word in (form.metadata.title or ""), form.metadata.title)
        check.equal(f"it says its language, and is one sheet ({language})", (form.trailer["/Root"]["/Lang"], len(form.pages)), (language, 1))
        # Each line carries its words beside its glyphs (ISO 32000-1, 14.9.4).
        content = form.pages[0].get_contents().get_data()
        check.holds(f"its lines can be read aloud ({language})", content.count(b"/ActualText") > 15, content.count(b"/ActualText"))
finally:
    town.throw_away()
check.finish()
