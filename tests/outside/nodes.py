"""Two processes on one PostgreSQL work side by side; only one at a time gives entries their places."""

import json
import os
import shutil
import subprocess
import tempfile
import threading
import time

from town import POLITY, Checks, Town, create_database

check = Checks("nodes")
REPORTS = 200


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
url = create_database(f"nodes_{os.getpid()}")
fast = {"POLITY_LIMITS_ACTS_PER_MINUTE": "1000000", "POLITY_LIMITS_REQUESTS_PER_HOUR": "1000000", "POLITY_TOWN_ADDRESS": "http://town.example"}
towns = [Town(folder=folder, demo=False, extra=["--database", url], env=fast) for _ in range(2)]
try:
    towns[0].start()
    towns[1].start()
    towns[0].set_up()
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
