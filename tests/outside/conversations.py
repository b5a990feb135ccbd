#!/usr/bin/env python3
"""Conversations of the built program from outside: the four real ones of ../shared/data/polis taken over, counted again from
their files, their groups held against those of production Polis, what is exported read by csv and taken over once more."""

import csv
import hashlib
import http.server
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter

from town import POLITY, Checks, Town

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.path.join(ROOT, "../shared/data/polis")
ATTRIBUTION = "Data gathered using the Polis software (compdemocracy.org/polis), sub-licensed under CC BY 4.0 with attribution to The Computational Democracy Project."
# Votes that count, people, statements, groups of production Polis, agreement of red-dwarf 0.4.0 with them (ORIGIN.md).
CONVERSATIONS = {
    "15-per-hour-seattle": (2872, 339, 54, {"0": 99, "1": 39}, 0.459),
    "brexit-consensus": (5303, 204, 50, {"0": 106, "1": 91}, 0.636),
    "vtaiwan.uberx": (49443, 1921, 197, {"0": 330, "1": 889}, 0.826),
    "american-assembly.bowling-green": (225524, 2031, 896, None, 0.424),
}


def adjusted_rand(pairs):
    """Hubert, Arabie 1985, of pairs of labels."""
    choose = lambda count: count * (count - 1) // 2
    table, one, other = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    both, rows, columns = (sum(choose(count) for count in of.values()) for of in (table, one, other))
    chance = rows * columns / choose(len(pairs))
    return (both - chance) / ((rows + columns) / 2 - chance)


def table_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def cells(rows):
    about = {"participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}
    return {(row["participant"], key): row[key] for row in rows for key in row if key not in about and row[key] != ""}


def take_over(town, folder, *more):
    command = [POLITY, "--log", "warn", "import", "conversation", folder, "--dir", town.folder, "--attribution", ATTRIBUTION, *more]
    return subprocess.run(command, capture_output=True, text=True, env=town.env, stdin=subprocess.DEVNULL)


def real(check, town, name, wanted):
    votes, people, statements, groups, least = wanted
    folder = os.path.join(DATA, name)
    tried = take_over(town, folder, "--dry-run")
    check.holds(f"{name}: a dry run says the counts", f"{people} people, {statements} statements" in tried.stdout and f"{votes} answers that count" in tried.stdout, tried.stdout + tried.stderr)
    done = take_over(town, folder, "--yes")
    check.equal(f"{name}: taken over", done.returncode, 0)
    check.holds(f"{name}: set aside none, and says so", ", 0 set aside" in done.stdout, done.stdout[-300:])
    again = take_over(town, folder, "--yes")
    check.holds(f"{name}: not twice", again.returncode == 1 and "taken over already" in again.stderr, again.stderr)
    return done.stdout.split("This is conversation ")[1].split(".")[0]


def served(check, town, name, code, wanted):
    votes, people, statements, groups, least = wanted
    read = lambda path: town.ask(f"/conversations/{code}{path}", timeout=120)[2].decode()
    with open(os.path.join(DATA, name, "participants-votes.csv"), encoding="utf-8") as file:
        source = list(csv.DictReader(file))
    exported = table_of(read("/export/participants-votes.csv"))
    check.holds(f"{name}: every cell of the table comes back", cells(source) == cells(exported))
    check.equal(f"{name}: votes", len(cells(exported)), votes)
    ours = {row["participant"]: row["group-id"] for row in exported if row["group-id"] != ""}
    pairs = [(row["group-id"], ours[row["participant"]]) for row in source if row["group-id"] != "" and row["participant"] in ours]
    agreement = adjusted_rand(pairs)
    check.holds(f"{name}: groups at least as near to production Polis as red-dwarf", round(agreement, 3) >= least, f"({agreement:.3f}, wanted {least})")
    shown = json.loads(read("/map.json"))
    check.holds(f"{name}: the page's figure is that agreement", abs(shown["given"]["agreement"] - agreement) < 1e-9, str(shown["given"]["agreement"]))
    if groups:
        check.equal(f"{name}: groups there", {one["label"]: one["size"] for one in shown["given"]["groups"]}, groups)
    expected = os.path.join(DATA, name, "expected.json")
    if os.path.exists(expected):
        with open(expected, encoding="utf-8") as file:
            facts = json.load(file)
        consensus = facts.get("consensus", {})
        for side, key in (("agree", "agreed"), ("disagree", "rejected")):
            listed = [one["tid"] if isinstance(one, dict) else one for one in consensus.get(side, [])]
            if listed:
                check.equal(f"{name}: consensus, {side}", shown[key], listed)
    counts = {one["number"]: (one["agrees"], one["disagrees"], one["passes"]) for one in shown["statements"]}
    counted = Counter((key, value) for (_, key), value in cells(source).items())
    check.holds(f"{name}: every statement's counts", all(counts[int(key)] == (counted[key, "1"], counted[key, "-1"], counted[key, "0"]) for key in {key for key, _ in counted}))
    check.equal(f"{name}: statements", len(table_of(read("/export/comments.csv"))), statements)
    page = read("")
    check.holds(f"{name}: whom to name stands on its page", "Computational Democracy Project" in page)
    for path in ("/map", "/report", "/statements", "/log", "/export"):
        check.equal(f"{name}: {path}", town.ask(f"/conversations/{code}{path}", timeout=60)[0], 200)
    return exported


def round_trip(check, town, name, code):
    """What we export is taken over by ourselves with the same counts."""
    folder = tempfile.mkdtemp(prefix="polity-export-")
    try:
        for file in ("participants-votes", "votes", "comments", "summary"):
            with open(os.path.join(folder, f"{file}.csv"), "wb") as out:
                out.write(town.ask(f"/conversations/{code}/export/{file}.csv", timeout=120)[2])
        drawn = subprocess.run([POLITY, "map", folder, "--json", "--seed", str(json.loads(town.ask(f"/conversations/{code}/map.json")[2])["seed"])], capture_output=True, text=True)
        check.equal(f"{name}: the map is drawn again from the export", drawn.returncode, 0)
        other = Town(demo=False)
        other.start()
        other.stop()
        done = take_over(other, folder, "--yes")
        votes, people, statements = CONVERSATIONS[name][:3]
        check.holds(f"{name}: our own export is taken over", f"{people} people, {statements} statements" in done.stdout and f"{votes} answers that count" in done.stdout and ", 0 set aside" in done.stdout, done.stdout + done.stderr)
        other.throw_away()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def damaged(check, town):
    """Files with faults: every row is stored or set aside with its line; what is no export is refused in a sentence."""
    folder = tempfile.mkdtemp(prefix="polity-damaged-")
    try:
        shutil.copytree(os.path.join(DATA, "brexit-consensus"), folder, dirs_exist_ok=True)
        path = os.path.join(folder, "votes.csv")
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        lines[5] = lines[5].rsplit(",", 1)[0] + ",yes"
        lines[7] = lines[7].rsplit(",", 1)[0] + ",-1"
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        done = take_over(town, folder, "--dry-run")
        check.holds("a vote that is none is set aside with its line", "votes.csv, line 6" in done.stdout and "1 set aside" in done.stdout, done.stdout)
        check.holds("the table counts where the files differ", "5303 answers that count, 0 that were changed later" in done.stdout, done.stdout)
        os.remove(path)
        os.remove(os.path.join(folder, "participants-votes.csv"))
        done = take_over(town, folder, "--dry-run")
        check.holds("without votes it is refused in a sentence", done.returncode == 1 and "participants-votes.csv" in done.stderr, done.stderr)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def undone(check, town, name, code, wanted):
    """Taken away again at the console: gone everywhere, said everywhere, and it can come again."""
    votes = town.ask(f"/conversations/{code}/export/votes.csv", timeout=120)[2]
    town.stop()
    done = subprocess.run([POLITY, "--log", "warn", "import", "undo", code, "--dir", town.folder, "--yes"], capture_output=True, text=True, env=town.env)
    digest = hashlib.sha256(votes).hexdigest()
    check.holds(f"{name}: the taking over is undone, with the hash of its votes", done.returncode == 0 and f"{wanted[1]} people, {wanted[2]} statements" in done.stdout and digest in done.stdout, done.stdout + done.stderr)
    again = subprocess.run([POLITY, "--log", "warn", "import", "undo", code, "--dir", town.folder, "--yes"], capture_output=True, text=True, env=town.env)
    check.holds(f"{name}: not twice", again.returncode == 1 and "no taking over to undo" in again.stderr, again.stderr)
    town.start()
    for path in ("", "/map", "/export/votes.csv", "/statements.json"):
        status, _, body = town.ask(f"/conversations/{code}{path}")
        check.equal(f"{name}: {path or 'its page'} is gone and says so", (status, b"undone" in body), (410, True))
    town.stop()
    verified = subprocess.run([POLITY, "verify", town.folder], capture_output=True, text=True)
    check.equal(f"{name}: the record is whole after it", verified.returncode, 0)
    done = take_over(town, os.path.join(DATA, name), "--yes")
    check.holds(f"{name}: it can come again", f"{wanted[0]} answers that count" in done.stdout, done.stdout + done.stderr)


class Machine:
    """Plays a language model behind an OpenAI-compatible address. How it behaves is set from outside."""

    KEY = "sk-outside-0815-never-seen"

    def __init__(self):
        self.behaviour, self.asked = "good", []
        own = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                own.asked.append((self.path, self.headers.get("authorization"), asked))
                told = json.loads(asked["messages"][1]["content"])
                one = told["statements"][0]["number"]
                if own.behaviour == "slow":
                    time.sleep(6)
                sentences = {"nothing": [{"text": "All is well here."}], "injecting": [{"text": "<img src=x onerror=alert(1)> yes", "statements": [one]}]}
                summary = sentences.get(own.behaviour, [{"text": "People share something.", "statements": [one]}, {"text": "Cited by nobody.", "statements": [999999]}])
                content = json.dumps({"summary": summary, "groups": []})
                body = json.dumps({"choices": [{"message": {"content": content if own.behaviour != "huge" else content + " " * 400_000}}]}).encode()
                if own.behaviour == "garbage":
                    body = b"\x00\xff<html>"
                self.send_response(200)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def drafting(check):
    """A machine drafts through the built program; the key it is given is nowhere."""
    machine = Machine()
    env = {"POLITY_ASSISTANT_ADDRESS": machine.url, "POLITY_ASSISTANT_MODEL": "tiny", "POLITY_ASSISTANT_KEY": Machine.KEY, "POLITY_ASSISTANT_PATIENCE_SECONDS": "3"}
    town = Town(demo=False, env=env)
    refused = subprocess.run([POLITY, "serve", "--dir", town.folder, "--listen", f"127.0.0.1:{town.port}"], capture_output=True, text=True, env=town.env, timeout=60)
    check.holds("an address of our own network is refused at the start unless it is said to be ours", refused.returncode != 0 and "assistant.address" in refused.stderr and Machine.KEY not in refused.stderr, refused.stderr)
    town.env["POLITY_ASSISTANT_NEARBY"] = "true"
    town.start()
    try:
        administrator = town.set_up()
        town.stop()
        code = take_over(town, os.path.join(DATA, "brexit-consensus"), "--yes").stdout.split("This is conversation ")[1].split(".")[0]
        town.start()
        desk = f"/desk/conversations/{code}/drafts"

        def asks(behaviour):
            machine.behaviour = behaviour
            administrator.post(desk, {"language": "en"})
            end = time.monotonic() + 30
            while "Being written" in (page := administrator.get(desk)) and time.monotonic() < end:
                time.sleep(0.3)
            # The newest stands first.
            return page.split('id="h-draft-')[1]

        for behaviour, wanted in (("slow", "took too long"), ("huge", "sent too much"), ("garbage", "not what was asked for"), ("nothing", "cites none of the statements"), ("injecting", "cites none of the statements")):
            page = asks(behaviour)
            check.holds(f"drafts, {behaviour}: {wanted}", wanted in page and "onerror" not in page and "All is well" not in page)
        page = asks("good")
        check.holds("drafts: what cites is shown to the facilitator, what does not is not", "People share something." in page and "Cited by nobody" not in page)
        public = town.ask(f"/conversations/{code}")[2].decode()
        check.holds("drafts: nothing is public before somebody decided", "People share" not in public)
        number = page.split("/drafts/")[1].split('"')[0]
        cited = page.split('name="cites[0]" value="')[1].split('"')[0]
        try:
            administrator.post(f"{desk}/{number}", {"act": "publish", "sentence[0]": "I cite nothing.", "cites[0]": ""})
            check.holds("drafts: an edit that cites nothing is refused", False)
        except RuntimeError as error:
            check.holds("drafts: an edit that cites nothing is refused", "422" in str(error), str(error))
        administrator.post(f"{desk}/{number}", {"act": "publish", "sentence[0]": "People share a lot.", "cites[0]": cited})
        public = town.ask(f"/conversations/{code}")[2].decode()
        check.holds("drafts: public, said to be a machine's, with what it rests on", "People share a lot." in public and "Drafted by a machine" in public and f"#s{cited}" in public)
        path, bearer, asked = machine.asked[-1]
        check.equal("drafts: asked in the protocol", (path, bearer, asked["model"], [one["role"] for one in asked["messages"]]), ("/v1/chat/completions", f"Bearer {Machine.KEY}", "tiny", ["system", "user"]))
        pages = [administrator.get(one) for one in (desk, "/admin/operations", "/admin/jobs", "/admin/setup", f"/conversations/{code}/log", "/record")]
        check.holds("drafts: the key is on no page", all(Machine.KEY not in one for one in pages))
        town.stop()
        held = [os.path.join(top, file) for top, _, files in os.walk(town.folder) for file in files]
        check.holds("drafts: the key is in no file, log or record", len(held) > 3 and all(Machine.KEY.encode() not in open(file, "rb").read() for file in held))
    finally:
        town.throw_away()


def framed(check):
    """Takes part in a frame as a browser without cookies does: the voice goes along in the form."""
    town = Town(demo=True, env={"POLITY_SERVER_EMBED_SITES": '["https://news.example"]'})
    town.start(600)
    try:
        code = json.loads(town.ask("/conversations.json")[2])[0]["code"]
        path = f"/embed/conversations/{code}"
        status, headers, body = town.ask(path)
        page = body.decode()
        check.holds("frames: only the sites that are named may frame it", "frame-ancestors https://news.example" in headers["content-security-policy"] and "x-frame-options" not in {name.lower() for name in headers}, str(headers))
        check.equal("frames: no other page of it", town.ask(f"/conversations/{code}/take-part")[1]["x-frame-options"], "DENY")
        voice = page.split('name="voice" value="')[1].split('"')[0]
        for done in (1, 2, 3):
            statement = page.split('name="statement" value="')[1].split('"')[0]
            status, _, body = town.ask(path, {"statement": statement, "vote": "pass", "voice": voice}, {"sec-fetch-site": "same-origin"})
            page = body.decode()
            check.holds(f"frames: answer {done} is the same person's", status == 200 and f">{done} of " in page, str(status))
        status, _, _ = town.ask(path, {"statement": "0", "vote": "pass", "voice": voice}, {"sec-fetch-site": "cross-site"})
        check.equal("frames: a form of the site around is refused", status, 403)
    finally:
        town.throw_away()


def main():
    check = Checks("conversations")
    if not os.path.isdir(DATA):
        check.holds("the real conversations are at ../shared/data/polis", False)
        check.finish()
    town = Town(demo=False)
    town.start()
    town.stop()
    try:
        # First, while the town has none of them: what is there already is refused before anything else.
        damaged(check, town)
        codes = {name: real(check, town, name, wanted) for name, wanted in CONVERSATIONS.items()}
        town.start()
        for name, wanted in CONVERSATIONS.items():
            served(check, town, name, codes[name], wanted)
        round_trip(check, town, "brexit-consensus", codes["brexit-consensus"])
        undone(check, town, "15-per-hour-seattle", codes["15-per-hour-seattle"], CONVERSATIONS["15-per-hour-seattle"])
        verified = subprocess.run([POLITY, "verify", town.folder], capture_output=True, text=True)
        check.equal("the record with the imports is whole", verified.returncode, 0)
    finally:
        town.throw_away()
    drafting(check)
    framed(check)
    check.finish()


if __name__ == "__main__":
    sys.exit(main())
