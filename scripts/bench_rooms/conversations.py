#!/usr/bin/env python3
"""Measures conversations: taking over the largest real one, the page with the next statement beside an empty handler, and
answers over HTTP, durable, by 64 clients, while the map of 5,000 people and 500 statements is drawn anew.

Needs wrk, ../shared/data/polis and a release build. The 5,000 people are put into the database directly: nobody answers half a
million statements for a measurement. What is measured afterwards goes over HTTP.
"""

import base64
import hashlib
import http.cookiejar
import importlib.util
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from importlib.machinery import SourceFileLoader

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
loader = SourceFileLoader("bench", os.path.join(ROOT, "scripts", "bench"))
bench = importlib.util.module_from_spec(importlib.util.spec_from_loader("bench", loader))
loader.exec_module(bench)
bench.ENV["POLITY_LIMITS_SAME_MATTER_PER_HOUR"] = "1000000"

PEOPLE, STATEMENTS, ANSWERS = 5_000, 500, 100
CLIENTS = 64


class Visitor:
    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, path, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(self.base + path, data, {"sec-fetch-site": "same-origin"})
        with self.opener.open(request) as answer:
            return answer.read().decode()


def solved(visitor):
    """A challenge of the altcha protocol, solved."""
    asked = json.loads(visitor.ask("/conversations/challenge"))
    for number in range(asked["maxnumber"] + 1):
        if hashlib.sha256(f"{asked['salt']}{number}".encode()).hexdigest() == asked["challenge"]:
            found = {key: asked[key] for key in ("algorithm", "challenge", "salt", "signature")} | {"number": number}
            return base64.b64encode(json.dumps(found).encode()).decode()
    raise RuntimeError("the challenge has no solution")


def populate(database, code):
    """Two camps of people, 100 answers each."""
    chance = random.Random(7)
    now = time.time_ns() // 1000 - 86_400_000_000
    town = sqlite3.connect(database)
    own = [("%s" % code, number, "en", f"Statement number {number} of the measurement", "{}", "open", "", None, 0, 0, 1, None, now) for number in range(STATEMENTS)]
    town.execute("delete from conversation_statements where conversation = ?", (code,))
    town.executemany("insert into conversation_statements (conversation, number, language, words, translations, state, reason, merged_into, meta, pinned, seeded, author, at) values (?,?,?,?,?,?,?,?,?,?,?,?,?)", own)
    leanings = [chance.gauss(0, 1.5) for _ in range(STATEMENTS)]
    for person in range(PEOPLE):
        camp = chance.choice((-1, 1)) + chance.gauss(0, 0.4)
        at = now + person * 10_000_000
        town.execute("insert into conversation_participants (conversation, number, who, joined_at) values (?,?,?,?)", (code, person, f"measured:{person}", at))
        rows = []
        for turn, statement in enumerate(chance.sample(range(STATEMENTS), ANSWERS)):
            pull = leanings[statement] * camp + chance.gauss(0, 1)
            rows.append((code, person, statement, 0 if abs(pull) < 0.15 else 1 if pull > 0 else -1, 0, at + turn * 4_000_000))
        town.executemany("insert into conversation_reactions (conversation, participant, statement, stance, important, at) values (?,?,?,?,?,?)", rows)
    town.execute("update conversations set version = version + 1 where code = ?", (code,))
    town.commit()
    town.close()


def listen(port, code, drawn, stop):
    """Notes when the map was drawn anew."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/conversations/{code}/feed", timeout=120) as feed:
        for line in feed:
            if stop.is_set():
                return
            if line.startswith(b"data:"):
                drawn.append((time.monotonic(), json.loads(line[5:])["map"]))


def main():
    subprocess.run(["cargo", "build", "--release", "-p", "polity"], cwd=ROOT, check=True)
    subprocess.run(["cargo", "build", "--release", "-p", "web", "--example", "empty"], cwd=ROOT, check=True)
    binary = os.path.join(bench.target(), "release", "polity")
    folder = tempfile.mkdtemp(prefix="polity-bench-conversations-")
    try:
        taking_over(binary, folder)
        port = bench.free_port()
        empty = bench.Served([os.path.join(bench.target(), "release", "examples", "empty"), f"127.0.0.1:{port}"], port)
        base = bench.median_load(port, "/")[0]
        empty.stop()
        taking_part(binary, folder, base)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n| work | measured | goal | reached |\n|---|---|---|---|")
    for line in bench.rows:
        print("| " + " | ".join(line) + " |")


def taking_over(binary, folder):
    took = []
    for number in range(3):
        town = f"{folder}/import-{number}"
        os.mkdir(town)
        served = bench.Served([binary, "serve", "--dir", town, "--listen", f"127.0.0.1:{(port := bench.free_port())}"], port)
        served.stop()
        begun = time.monotonic()
        subprocess.run([binary, "import", "conversation", os.path.join(ROOT, "../shared/data/polis/american-assembly.bowling-green"), "--dir", town, "--yes"], env=bench.ENV, check=True, capture_output=True)
        took.append(time.monotonic() - begun)
    middle = statistics.median(took)
    bench.row("take over bowling-green, 225,524 answers, with its map", f"{middle:.1f} s", "at most 10 s", middle <= 10)


def taking_part(binary, folder, base):
    served = bench.town(binary, f"{folder}/town")
    code = json.loads(served.get("/conversations.json"))[0]["code"]
    served.stop()
    populate_in_place = f"{folder}/town/polity.db"
    fresh(populate_in_place, code)
    populate(populate_in_place, code)
    served = bench.town(binary, f"{folder}/town")
    try:
        voices = [Visitor(served.port) for _ in range(CLIENTS)]
        path = f"/conversations/{code}/take-part"
        for visitor in voices:
            visitor.ask(path)
            visitor.ask(path, {"statement": "0", "vote": "pass", "altcha": solved(visitor)})
        for statement in range(1, 20):
            voices[-1].ask(path, {"statement": str(statement), "vote": "agree"})
        cookies = [f"{cookie.name}={cookie.value}" for visitor in voices for cookie in visitor.jar if cookie.name == "polity_voice"]
        # Everybody but the last, who has answered twenty, answers nearly all.
        quiet = cookies.pop()
        script = f"{folder}/vote.lua"
        with open(script, "w", encoding="ascii") as lua:
            lua.write("local cookies = {%s}\n" % ",".join(f'"{cookie}"' for cookie in cookies))
            lua.write(
                'local stances, turn, thread = {"agree", "disagree", "pass"}, 0, 0\n'
                'local threads = 0\nfunction setup(new) new:set("id", threads); threads = threads + 1 end\n'
                "function init() math.randomseed(id + 1) end\n"
                "function request()\n"
                "  turn = turn + 1\n"
                "  local body = 'statement=' .. math.random(0, %d) .. '&vote=' .. stances[math.random(1, 3)]\n"
                "  return wrk.format('POST', wrk.path, {['cookie'] = cookies[math.random(1, #cookies)], ['sec-fetch-site'] = 'same-origin', ['content-type'] = 'application/x-www-form-urlencoded'}, body)\n"
                "end\n" % (STATEMENTS - 1)
            )
        drawn, stop = [], threading.Event()
        threading.Thread(target=listen, args=(served.port, code, drawn, stop), daemon=True).start()
        time.sleep(1)
        rate, worst, middle, failed = bench.load(served.port, path, connections=CLIENTS, script=script, seconds="20s")
        stop.set()
        pauses = [later[0] - earlier[0] for earlier, later in zip(drawn, drawn[1:]) if later[1] != earlier[1]]
        bench.row("durable answers over HTTP, 64 clients, 5,000 people × 500 statements", f"{rate:,.0f}/s, p99 {worst:.0f} ms" + (f", {failed} failed" if failed else ""), "500/s", rate >= 500 and not failed)
        longest = max(pauses) if pauses else float("inf")
        bench.row("the map is drawn anew meanwhile", f"{len(pauses)} times, {statistics.median(pauses) if pauses else 0:.2f} s in the middle, {longest:.2f} s at most", "within 2 s", longest <= 2)
        reading = f"{folder}/read.lua"
        for who, cookie in (("twenty", quiet), ("nearly all 500", cookies[0])):
            with open(reading, "w", encoding="ascii") as lua:
                lua.write(f'wrk.headers["cookie"] = "{cookie}"\n')
            rate = bench.median_load(served.port, path, script=reading)[0]
            bench.row(f"the page with the next statement, for somebody who has answered {who}", f"{rate:,.0f} req/s, {100 * rate / base:.1f}% of empty", "15%", 100 * rate / base >= 15)
    finally:
        served.stop()


def fresh(database, code):
    """The conversation of the demo without its people."""
    town = sqlite3.connect(database)
    for table in ("reactions", "reactions_before", "participants", "snapshots"):
        town.execute(f"delete from conversation_{table} where conversation = ?", (code,))
    town.commit()
    town.close()


if __name__ == "__main__":
    sys.exit(main())
