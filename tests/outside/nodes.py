"""Two processes on one PostgreSQL work side by side; only one at a time gives entries their places."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time

from town import POLITY, Checks, Town

check = Checks("nodes")
SERVER = os.environ["POLITY_TEST_POSTGRES"]
NAME = f"nodes_{os.getpid()}"
REPORTS = 200


def create_database():
    psql = next(p for p in ("/usr/lib/postgresql/15/bin/psql", shutil.which("psql") or "psql") if os.path.exists(p) or p == "psql")
    subprocess.run([psql, SERVER, "-c", f"create database {NAME}"], check=True, capture_output=True)
    return SERVER.rsplit("/", 1)[0] + "/" + NAME


def set_up(town):
    """An administrator by the code of the terminal, one agency, one category."""
    same = {"sec-fetch-site": "same-origin"}
    import http.cookiejar
    import urllib.error
    import urllib.parse
    import urllib.request
    jar = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def post(path, fields):
        request = urllib.request.Request(town.url + path, urllib.parse.urlencode(fields).encode(), same)
        try:
            return jar.open(request).status
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {re.findall('href=.#[^<]*<', error.read().decode())}") from error

    post("/setup", {"code": town.setup_code(), "email": "a@example.org", "name": "Ada"})
    post("/admin/organisations", {"code": "works", "name[en]": "Public works"})
    time.sleep(2.5)
    post("/admin/categories", {"code": "other", "organisation": "works", "name[en]": "Anything", "description[en]": "Anything at all", "position": "1", "active": "yes"})
    time.sleep(2.5)


def reports(towns):
    codes, errors = [], []

    def send(number):
        status, _, body = towns[number % 2].ask("/requests.json", {"category": "other", "address": f"Lane {number}"})
        (codes if status == 201 else errors).append(json.loads(body).get("code", body[:200]))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(REPORTS)]
    for begin in range(0, REPORTS, 20):
        for thread in threads[begin:begin + 20]:
            thread.start()
        for thread in threads[begin:begin + 20]:
            thread.join()
    return codes, errors


folder = tempfile.mkdtemp(prefix="polity-nodes-")
url = create_database()
fast = {"POLITY_LIMITS_ACTS_PER_MINUTE": "1000000", "POLITY_TOWN_ADDRESS": "http://town.example"}
towns = [Town(folder=folder, demo=False, extra=["--database", url], env=fast) for _ in range(2)]
try:
    towns[0].start()
    towns[1].start()
    set_up(towns[0])
    codes, errors = reports(towns)
    check.equal("every report is taken", (len(codes), errors), (REPORTS, []))
    check.equal("no reference twice", len(set(codes)), REPORTS)
    for town in towns:
        check.equal("either node reads what the other took", town.ask(f"/requests/{codes[0]}.json")[0], 200)
    end = time.monotonic() + 10
    size = 0
    while time.monotonic() < end and size < REPORTS:
        size = int(towns[0].ask("/record/checkpoint")[2].split(b"\n")[1])
        time.sleep(0.2)
    entries = [entry for before in (10**9, size - 1000) if before > 0 for entry in json.loads(towns[1].ask(f"/record.json?limit=1000&before={before}")[2])["entries"]]
    check.equal("each report is on the record once", sorted(e["subject_id"] for e in entries if e["saying"] == "request.opened"), sorted(codes))
    positions = sorted(e["position"] for e in entries)
    check.equal("places are dense", positions, list(range(len(positions))))
    time.sleep(1.5)
    totals = [json.loads(town.ask("/requests.json?limit=1")[2])["total"] for town in towns]
    check.equal("both count the same", totals, [REPORTS, REPORTS])
    for town in towns:
        check.equal("the record is whole", subprocess.run([POLITY, "verify", town.url], capture_output=True, check=False).returncode, 0)
    towns[0].stop()
    check.equal("one goes on alone", towns[1].ask("/requests.json", {"category": "other", "address": "Alone"})[0], 201)
finally:
    for town in towns:
        if town.process:
            town.stop()
    shutil.rmtree(folder, ignore_errors=True)
check.finish()
