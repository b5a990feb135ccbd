"""Agencies that answer by a server of their own: a second Polity, and a small server of the standard that speaks XML only and lets us fall."""

import html
import http.server
import json
import os
import signal
import sqlite3
import threading
import time
import urllib.parse

from town import Checks, Town, free_port

check = Checks("forwarding")
NEAR = {"POLITY_OUTGOING_PLAIN_HTTP": "true", "POLITY_OUTGOING_PRIVATE_ADDRESSES": "true"}
KEY = "key-of-the-small-server"


def until(what, wanted, seconds=30, urging=None):
    """Asks until it is as wanted; answers what was found last. `urging` is called every three seconds: what is said in the very second
    of a look is found by the next one, and nobody waits minutes for that here."""
    begun, urged, found = time.monotonic(), time.monotonic(), None
    while time.monotonic() - begun < seconds:
        found = what()
        if wanted(found):
            break
        if urging and time.monotonic() - urged > 3:
            urging()
            urged = time.monotonic()
        time.sleep(0.2)
    return found


def hurry(town, sql):
    """Lets work that waits for its time begin now."""
    with sqlite3.connect(os.path.join(town.folder, "polity.db"), timeout=10) as database:
        database.execute(sql)


def look_again(town):
    hurry(town, "update job_schedule set next_at = 0 where kind = 'outgoing.follow-agencies'")


def request(town, code):
    return json.loads(town.ask(f"/requests/{code}.json")[2])


def report(town, words):
    return opened(town, words)["code"]


def opened(town, words):
    body = json.dumps({"category": "other", "lat": 50.0, "long": 0.0, "description": words, "email": "amina@example.org"}).encode()
    status, _, answer = town.ask("/requests.json", body, {"content-type": "application/json"})
    assert status == 201, answer
    return json.loads(answer)


def correct(town, code, own, words):
    """The reporter corrects the report by its private link."""
    key = urllib.parse.parse_qs(urllib.parse.urlsplit(own).query)["key"][0]
    form = urllib.parse.urlencode({"key": key, "description": words}).encode()
    return town.ask(f"/requests/{code}/edit", form, {"content-type": "application/x-www-form-urlencoded"})[0]


def reach(administrator, url, key):
    administrator.post("/admin/agencies/works", {"way": "open311", "url": url, "key": key})
    return administrator.post("/admin/agencies/works/test", {})


def by_another_polity(town, administrator):
    other = Town(demo=False)
    other.start()
    try:
        there = other.set_up()
        tested = reach(administrator, f"{other.url}/open311/v2", other.token("open311"))
        check.holds("the page tries the other town", "It has one service" in tested)
        made = opened(town, "The lamp at the quay is dark")
        code = made["code"]
        listed = lambda: json.loads(other.ask("/requests.json")[2])["requests"]
        found = until(listed, bool)
        check.equal("it arrived once", len(found), 1)
        theirs = found[0]["code"]
        page = other.ask(f"/requests/{theirs}.json")[2].decode()
        check.holds("with its words and its reference", "quay is dark" in page and f"/requests/{code}" in page)
        check.holds("without who reported", "amina" not in there.get(f"/desk/{theirs}"))
        saying = lambda: [step["saying"] for step in request(town, code)["history"]]
        check.holds("our thread says so", "request.forwarded" in until(saying, lambda said: "request.forwarded" in said))
        corrected = correct(town, code, made["own_url"], "The lamp at the quay is dark since Sunday")
        check.holds("the reporter corrects the report", corrected in (200, 303))
        theirs_page = lambda: other.ask(f"/requests/{theirs}.json")[2].decode() + other.ask(f"/requests/{theirs}")[2].decode()
        check.holds("what was said later is told there", "since Sunday" in until(theirs_page, lambda page: "since Sunday" in page))
        version = request(other, theirs)["version"]
        there.post(f"/desk/{theirs}/answer", {"text": "A crew comes on Monday", "version": version})
        look_again(town)
        words = lambda: [step["text"] for step in request(town, code)["history"]]
        check.holds("their answer is on our thread", "A crew comes on Monday" in until(words, lambda said: "A crew comes on Monday" in said, urging=lambda: look_again(town)))
        there.post(f"/desk/{theirs}/resolve", {"text": "A new bulb was put in", "version": version})
        look_again(town)
        state = until(lambda: request(town, code)["state"], lambda state: state == "resolved", urging=lambda: look_again(town))
        check.equal("ended there is ended here", state, "resolved")
        look_again(town)
        time.sleep(2)
        said = words()
        for text in ("A crew comes on Monday", "A new bulb was put in"):
            check.equal(f"once: {text}", said.count(text), 1)
        check.equal("still one report there", len(listed()), 1)
    finally:
        other.throw_away()


class Small(http.server.BaseHTTPRequestHandler):
    """GeoReport v2 as XML only. Once it has a report it may end the town that sent it before it answers."""

    reports, ends, state = [], None, ("open", "")

    def log_message(self, *_):
        pass

    def say(self, status, body):
        body = f'<?xml version="1.0" encoding="utf-8"?>{body}'.encode()
        self.send_response(status)
        self.send_header("content-type", "text/xml; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path, _, query = self.path.partition("?")
        asked = dict(urllib.parse.parse_qsl(query))
        if path == "/v2/services.xml":
            return self.say(200, "<services><service><service_code>other</service_code><service_name>All</service_name></service></services>")
        if path == "/v2/requests.xml":
            ids = asked.get("service_request_id", "").split(",")
            status, notes = self.state
            items = [
                f"<request><service_request_id>{number}</service_request_id><status>{status}</status><status_notes>{notes}</status_notes>"
                f"<description>{html.escape(fields['description'])}</description></request>"
                for number, fields in enumerate(self.reports, 1)
                if ids == [""] or str(number) in ids
            ]
            return self.say(200, f"<service_requests>{''.join(items)}</service_requests>")
        self.say(404, "<errors><error><code>404</code><description>nothing</description></error></errors>")

    def do_POST(self):
        fields = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["content-length"])).decode()))
        if not self.path.startswith("/v2/requests.xml"):
            return self.say(404, "<errors/>")
        assert fields["api_key"] == KEY
        self.reports.append(fields)
        if Small.ends:
            town, Small.ends = Small.ends, None
            town.process.send_signal(signal.SIGKILL)
            town.process.wait()
            return None
        self.say(200, f"<service_requests><request><service_request_id>{len(self.reports)}</service_request_id></request></service_requests>")


def by_a_small_server_that_lets_us_fall(town, administrator):
    port = free_port()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Small)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tested = reach(administrator, f"http://127.0.0.1:{port}/v2", KEY)
    check.holds("a server of XML only is understood", "It has one service" in tested)
    check.holds("the key is on no page", KEY not in tested and KEY not in administrator.get("/admin/agencies.json"))
    Small.ends = town
    code = report(town, "Tom & <Jerry> at the corner")
    town.process.wait(60)
    check.equal("it had arrived when we fell", len(Small.reports), 1)
    town.log.close()
    town.start()
    hurry(town, "update jobs set not_before = 0 where kind = 'outgoing.forward-request'")
    saying = lambda: [step["saying"] for step in request(town, code)["history"]]
    check.holds("found there again", "request.forwarded" in until(saying, lambda said: "request.forwarded" in said))
    check.equal("nothing was sent twice", len(Small.reports), 1)
    again = report(town, "Another one")
    until(lambda: len(Small.reports), lambda count: count == 2)
    until(lambda: [step["saying"] for step in request(town, again)["history"]], lambda said: "request.forwarded" in said)
    check.equal("the next one arrives once", len(Small.reports), 2)
    Small.state = ("closed", "Done &amp; dusted")
    look_again(town)
    state = until(lambda: request(town, code)["state"], lambda state: state == "resolved", urging=lambda: look_again(town))
    check.equal("closed there is resolved here", state, "resolved")
    check.holds("with their words", "Done & dusted" in json.dumps(request(town, code), ensure_ascii=False))
    record = town.ask("/record.json?limit=200")[2].decode() + "".join(
        row[0] for row in sqlite3.connect(os.path.join(town.folder, "polity.db")).execute("select body from record_entries")
    )
    check.holds("neither key nor words are on the record", KEY not in record and "dusted" not in record and "Monday" not in record)
    check.holds("nor in the log", KEY not in town.printed())
    server.shutdown()


def main():
    town = Town(demo=False, env=NEAR)
    town.start()
    try:
        administrator = town.set_up()
        by_another_polity(town, administrator)
        by_a_small_server_that_lets_us_fall(town, administrator)
    finally:
        town.throw_away()
    check.finish()


main()
