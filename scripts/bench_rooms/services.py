#!/usr/bin/env python3
"""Measures services: a page of a form and "am I entitled?" over HTTP beside an empty handler, durable applications by 64 clients, then
the two inboxes and the page of figures over a million applications.

`scripts/bench_rooms/services.py [APPLICATIONS]` builds for release and needs wrk. With POLITY_BENCH_TARGET set to a folder of binaries
(as target/debug, with its examples) nothing is built: to try the script, not to measure. The million are put into the database
directly, four of five by one agency; what is measured goes over HTTP. SQLite only.
"""

import http.cookiejar
import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from importlib.machinery import SourceFileLoader

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
loader = SourceFileLoader("bench", os.path.join(ROOT, "scripts", "bench"))
bench = importlib.util.module_from_spec(importlib.util.spec_from_loader("bench", loader))
loader.exec_module(bench)

APPLICATIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
CLIENTS = 64
# One in so many is open: a desk that keeps its promises.
OPEN_OF = 20


class Officer:
    def __init__(self, port, persona):
        self.base, self.jar = f"http://127.0.0.1:{port}", http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.ask(f"/demo/be/{persona}", {})

    def ask(self, path, fields=None):
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.base + path, data, {"sec-fetch-site": "same-origin"})
        with self.opener.open(request) as answer:
            return answer.read().decode()

    def cookie(self):
        return "; ".join(f"{one.name}={one.value}" for one in self.jar)


def send(port, path, body):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())


def make_service(port):
    """A service with one question, by the pages."""
    ada = Officer(port, "administrator")
    version = lambda: re.search(r'name="version" value="(-?\d+)"', ada.ask("/admin/services/measured"))[1]
    ada.ask("/admin/services", {"code": "measured", "organisation": "resident-services", "title-en": "Measured"})
    ada.ask("/admin/services/measured/form", {"version": version(), "act": "add", "kind": "text", "label-en": "Your name", "name": "full_name", "required": "yes"})
    words = {"title-en": "Measured", "who-en": "Everybody", "law-en": "None", "online": "yes", "answer-days": "10", "appeal-days": "30"}
    ada.ask("/admin/services/measured", {"version": version(), **words})
    ada.ask("/admin/services/measured/publish", {"version": version()})


def lua(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as script:
        script.write(text)
    return path


def small_town(binaries, folder, base):
    served = bench.town(os.path.join(binaries, "polity"), f"{folder}/town")
    try:
        make_service(served.port)
        draft = send(served.port, "/services/residents-parking/apply.json", {})["draft"]
        rate = bench.median_load(served.port, f"/apply/{draft}/page_full_name")[0]
        bench.row("a page of a form", f"{rate:,.0f} req/s, {100 * rate / base:.1f}% of empty", "15%", 100 * rate / base >= 15)
        facts = json.dumps({"facts": {"lives_in_town": "yes", "members": "4", "income": "2500", "children": "2", "lost_home": "no"}})
        asking = lua(folder, "entitled.lua", f"wrk.method = 'POST'\nwrk.body = '{facts}'\nwrk.headers['content-type'] = 'application/json'\n")
        rate, _, _, failed = bench.median_load(served.port, "/services/hardship-grant/entitled.json", script=asking)
        bench.row("am I entitled, over HTTP", f"{rate:,.0f} req/s, {100 * rate / base:.1f}% of empty" + (f", {failed:.0f} failed" if failed else ""), "20%", 100 * rate / base >= 20 and not failed)
        said = subprocess.run([os.path.join(binaries, "examples", "applying"), str(served.port), "measured", "page_full_name", "full_name", str(CLIENTS), "20"], capture_output=True, text=True, check=True)
        filed = json.loads(said.stdout)
        worst = ", ".join(f"{step} {took['p99']:.0f}" for step, took in filed["steps"].items())
        bench.row(f"durable applications (begin, answer, send), {CLIENTS} clients", f"{filed['per_second']:,.0f}/s, p99 in ms: {worst}" + (f", {filed['failed']} failed" if filed["failed"] else ""), "1,000/s", filed["per_second"] >= 1000 and not filed["failed"])
    finally:
        served.stop()


# The letters of references have no 0 and no 1.
LETTERS = str.maketrans("0123456789", "ACDEFGHJKM")


def populate(database):
    """Copies of the demo's applications with new references, days and officers."""
    town = sqlite3.connect(database)
    columns = [line[1] for line in town.execute("pragma table_info(applications)")]
    kept = town.execute("select code from applications order by code limit 200").fetchall()
    officers = [line[0] for line in town.execute("select distinct officer from applications where officer <> ''")]
    other = town.execute("select id from organisations where code <> 'resident-services' limit 1").fetchone()[0]
    newest = town.execute("select max(filed_at) from applications").fetchone()[0]
    day = 86_400_000_000
    rows = [dict(zip(columns, town.execute("select * from applications where code = ?", one).fetchone())) for one in kept]
    insert = f"insert into applications ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
    for begin in range(0, APPLICATIONS, 10_000):
        batch = []
        for number in range(begin, min(begin + 10_000, APPLICATIONS)):
            one = dict(rows[number % len(rows)])
            filed = newest - (number * 7919 % 730) * day - number
            one.update(code="A-M" + f"{number:07d}".translate(LETTERS), secret_hash=f"m{number}", filed_at=filed, due_at=filed + 14 * day, person_id=None)
            if number % 5 == 4:
                one["organisation_id"] = other
            if number % OPEN_OF == 0:
                one.update(state="received", is_open=1, outcome=None, first_outcome=None, decided_at=None, appealed_at=None, state_at=filed, officer=officers[number % len(officers)] if number % 3 else "")
            else:
                one.update(is_open=0, state="closed", outcome="granted", first_outcome=one["first_outcome"] or "granted", decided_at=filed + (number % 20) * day, state_at=filed + 40 * day)
            batch.append([one[column] for column in columns])
        town.executemany(insert, batch)
        town.commit()
    # So many at once are told at once: there is nothing that they could be told apart from.
    town.execute("delete from service_figures")
    town.execute("analyze")
    town.commit()
    town.close()


def a_million(binaries, folder):
    populate(f"{folder}/town/polity.db")
    served = bench.town(os.path.join(binaries, "polity"), f"{folder}/town")
    try:
        jonas = Officer(served.port, "officer")
        cookie = lua(folder, "cookie.lua", f'wrk.headers["cookie"] = "{jonas.cookie()}"\n')
        for name, path in [("the inbox of services", "/desk/services"), ("the inbox over all desks", "/desk/all"), ("the same, only mine", "/desk/all?show=mine"), ("the list of one service, done", "/desk/services?show=done&service=residents-parking")]:
            rate, worst, middle, failed = bench.load(served.port, path, connections=4, script=cookie, seconds="10s")
            bench.row(f"{name}, {APPLICATIONS:,} applications, 4 at once", f"p50 {middle:.1f} ms, p99 {worst:.1f} ms, {rate:,.0f} req/s" + (f", {failed} failed" if failed else ""), "p99 30 ms", rate > 0 and worst <= 30 and not failed)
        begun = time.monotonic()
        # A number that is too small to be told is `null`.
        told = lambda: json.loads(served.get("/services/figures.json"))["all"]["applications"] or 0
        while (counted := told()) < APPLICATIONS and time.monotonic() - begun < 900:
            time.sleep(1)
        bench.row(f"all {APPLICATIONS:,} applications counted, the demo's and the job's waiting time included", f"{time.monotonic() - begun:.0f} s", "all", counted >= APPLICATIONS)
        rate, worst, middle, failed = bench.load(served.port, "/services/figures", connections=4, script=lua(folder, "another.lua", bench.ALWAYS_ANOTHER), seconds="10s")
        bench.row(f"the page of figures, {counted:,} applications counted, 4 at once", f"p50 {middle:.1f} ms, p99 {worst:.1f} ms" + (f", {failed} failed" if failed else ""), "100 ms", worst <= 100 and not failed)
    finally:
        served.stop()


def main():
    binaries = os.environ.get("POLITY_BENCH_TARGET")
    if not binaries:
        for more in (["-p", "polity"], ["-p", "web", "--example", "empty"], ["-p", "services", "--example", "applying"]):
            subprocess.run(["cargo", "build", "--release", *more], cwd=ROOT, check=True)
        binaries = os.path.join(bench.target(), "release")
    folder = tempfile.mkdtemp(prefix="polity-bench-services-")
    try:
        port = bench.free_port()
        empty = bench.Served([os.path.join(binaries, "examples", "empty"), f"127.0.0.1:{port}"], port)
        base = bench.median_load(port, "/")[0]
        empty.stop()
        small_town(binaries, folder, base)
        a_million(binaries, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n| work | measured | goal | reached |\n|---|---|---|---|")
    for line in bench.rows:
        print("| " + " | ".join(line) + " |")


if __name__ == "__main__":
    sys.exit(main())
