"""The days of promises as a calendar program gets them: read by icalendar, which shares no code with ours."""

import datetime
import json

import icalendar

from town import Checks, Town

check = Checks("calendars")
town = Town()
town.start(wait=120)
try:
    status, headers, body = town.ask("/commitments/calendar.ics")
    check.equal("status", status, 200)
    check.equal("media type", headers.get("content-type", headers.get("Content-Type")), "text/calendar; charset=utf-8")
    calendar = icalendar.Calendar.from_ical(body)
    check.equal("nothing is unreadable", [error for part in calendar.walk() for error in part.errors], [])
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    listed = json.loads(town.ask("/commitments.json?state=open")[2])["commitments"]
    check.holds("the demo has open promises", len(listed) >= 2, f"({len(listed)})")
    check.equal("one event for each", len(events), len(listed))
    zone = datetime.timezone(datetime.timedelta(hours=-8))
    for one in listed:
        event = events.get(f"commitment-{one['code']}@losangeles.example")
        if not check.holds(f"{one['code']} is there", event is not None):
            continue
        # In winter the demo's town is eight hours behind; in March it may be seven, which is the same day.
        due = datetime.datetime.fromisoformat(one["due_at"].replace("Z", "+00:00")).astimezone(zone)
        check.equal(f"{one['code']}: a whole day", event.decoded("DTSTART"), due.date())
        check.holds(f"{one['code']}: says what", one["title"] in str(event["SUMMARY"]), str(event["SUMMARY"]))
        check.equal(f"{one['code']}: leads to its page", str(event["URL"]), one["url"])
    arabic = icalendar.Calendar.from_ical(town.ask("/commitments/calendar.ics", headers={"accept-language": "ar"})[2])
    check.equal("folded lines come together again", len(arabic.walk("VEVENT")), len(listed))
    titles = {one["title"] for one in json.loads(town.ask("/commitments.json?state=open", headers={"accept-language": "ar"})[2])["commitments"]}
    summaries = " ".join(str(event["SUMMARY"]) for event in arabic.walk("VEVENT"))
    check.holds("no letter is lost", all(title in summaries for title in titles), summaries)
    code = next(one["code"] for one in listed if one["due_at"] > "2018-02")
    own = icalendar.Calendar.from_ical(town.ask(f"/commitments/{code}/calendar.ics")[2])
    check.equal("a promise and its milestones", len(own.walk("VEVENT")), 3)
finally:
    town.throw_away()
check.finish()
