"""The public record, checked by strangers."""

import json
import os
import random
import shutil
import signal
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.error

from town import POLITY, Checks, Town

check = Checks("record")
FLIPS = 60
HERE = os.path.dirname(os.path.abspath(__file__))


def verify(place):
    return subprocess.run([POLITY, "verify", place], capture_output=True, text=True, check=False)


def fetch(town, to):
    """Fetches the record as any mirror would."""
    def take(name):
        status, _, body = town.ask(f"/record/{name}")
        if status != 200:
            raise RuntimeError(f"{name}: {status}")
        path = os.path.join(to, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(body)
        return body

    def number(n):
        parts = [f"{n % 1000:03}"]
        while n >= 1000:
            n //= 1000
            parts.insert(0, f"x{n % 1000:03}")
        return "/".join(parts)

    take("key")
    size = int(take("checkpoint").split(b"\n")[1])
    level, wide = 0, size
    while wide > 0:
        for index in range((wide + 255) // 256):
            width = min(256, wide - index * 256)
            end = "" if width == 256 else f".p/{width}"
            take(f"tile/{level}/{number(index)}{end}")
            if level == 0:
                take(f"tile/entries/{number(index)}{end}")
        level, wide = level + 1, wide // 256
    return size


def flips(mirror):
    """One bit of any file: signature, hashes or entries."""
    files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(mirror) for name in names if name != "key")
    chance, found = random.Random(7), 0
    for number in range(FLIPS):
        path = files[number % len(files)] if number < len(files) else chance.choice(files)
        with open(path, "rb") as file:
            whole = file.read()
        changed = bytearray(whole)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        with open(path, "wb") as file:
            file.write(changed)
        found += verify(mirror).returncode == 1
        with open(path, "wb") as file:
            file.write(whole)
    check.equal("every flipped bit is found", found, FLIPS)
    check.equal("and the whole record is believed again", verify(mirror).returncode, 0)


def go_verifier(mirror):
    source = os.path.join(HERE, "..", "tlog_verify")
    folder = tempfile.mkdtemp()
    binary = os.path.join(folder, "tlog_verify")
    env = {**os.environ, "GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOSUMDB": "off", "GOCACHE": os.path.join(folder, "cache"), "GO111MODULE": "on"}
    built = subprocess.run(["go", "build", "-o", binary, "."], cwd=source, env=env, capture_output=True, text=True, check=False)
    if not check.holds("the Go verifier builds", built.returncode == 0, built.stderr):
        return
    said = subprocess.run([binary, mirror], capture_output=True, text=True, check=False)
    check.holds("the Go verifier believes the record", said.returncode == 0 and "entries included" in said.stdout, said.stderr)
    entry = os.path.join(mirror, "tile", "entries", "000")
    with open(entry, "r+b") as file:
        file.seek(50)
        byte = file.read(1)
        file.seek(50)
        file.write(bytes([byte[0] ^ 1]))
    check.holds("and not a changed one", subprocess.run([binary, mirror], capture_output=True, check=False).returncode == 1)
    with open(entry, "r+b") as file:
        file.seek(50)
        file.write(byte)
    shutil.rmtree(folder)


def waits_for_checkpoint(town, more_than, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        size = int(town.ask("/record/checkpoint")[2].split(b"\n")[1])
        if size > more_than:
            return size
        time.sleep(0.05)
    return None


def demo_town():
    """The demo town: other verifiers, a checkpoint within a second, an old backup, flips."""
    town = Town(demo=True)
    town.start()
    mirror = tempfile.mkdtemp()
    before = fetch(town, mirror)
    check.holds("the demo's record is whole", verify(town.url).returncode == 0)
    go_verifier(mirror)
    body = {"category": "other", "address": "Somewhere"}
    waits, size = [], before
    for _ in range(5):
        begun = time.monotonic()
        status, _, _ = town.ask("/requests.json", body)
        check.equal("a report is taken", status, 201)
        size = waits_for_checkpoint(town, size) or size
        waits.append(time.monotonic() - begun)
    # The middle one: a single flush of a shared disk can take longer than a second by itself.
    check.holds("a checkpoint within a second", statistics.median(waits) < 1.0, str(waits))
    receipt = town.ask(f"/record/receipt/{before}")
    check.holds("a receipt is given", receipt[0] == 200 and receipt[2].startswith(b"c2sp.org/tlog-proof@v1"), receipt[2][:80])
    # An old backup: it must not sign until it agrees with what was signed.
    backup = os.path.join(town.folder, "old.db")
    check.equal("a backup is made while it runs", subprocess.run([POLITY, "backup", "--dir", town.folder, "--to", backup], capture_output=True, check=False).returncode, 0)
    check.equal("nobody else reads the copy", oct(os.stat(backup).st_mode & 0o077), "0o0")
    town.ask("/requests.json", body)
    newer = waits_for_checkpoint(town, size)
    town.stop()
    check.holds("polity verify DIR", verify(town.folder).returncode == 0)
    database = os.path.join(town.folder, "polity.db")
    changed_rows(town.folder, database)
    for end in ("", "-wal", "-shm"):
        if os.path.exists(database + end):
            os.rename(database + end, database + ".new" + end)
    shutil.copy(backup, database)
    checked = subprocess.run([POLITY, "check", "--dir", town.folder], capture_output=True, text=True, check=False)
    check.holds("polity check says so", checked.returncode == 1 and "older backup" in checked.stdout, checked.stdout)
    town.start()
    town.ask("/requests.json", body)
    time.sleep(1.5)
    status, _, said = town.ask("/health")
    check.holds("health says that the record refuses", status == 503 and b"record-refuses" in said, said)
    shown = int(town.ask("/record/checkpoint")[2].split(b"\n")[1])
    check.holds("a restored old database does not sign", shown <= size, f"({shown}, signed before {newer})")
    check.holds("and says why", "will not sign" in town.printed())
    town.throw_away()
    flips(mirror)
    shutil.rmtree(mirror)


def changed_rows(folder, database):
    """What finds an entry is no part of what was signed, so it is compared with it."""
    rows = sqlite3.connect(database)
    for column, forged in (("saying", "request.resolved"), ("subject_id", "FORGED"), ("said_at", 0)):
        kept = rows.execute(f"select {column} from record_entries where position = 7").fetchone()[0]
        change = f"update record_entries set {column} = ? where position = 7"
        rows.execute(change, (forged,))
        rows.commit()
        said = verify(folder)
        check.holds(f"a changed {column} beside an entry is found", said.returncode == 1 and "entry 7 " in said.stderr, said.stdout + said.stderr)
        rows.execute(change, (kept,))
        rows.commit()
    rows.close()
    check.equal("and nothing else", verify(folder).returncode, 0)


def restore(town, backup, *more):
    return subprocess.run([POLITY, "restore", "--dir", town.folder, "--from", backup, *more], capture_output=True, text=True, check=False)


def drill():
    """The database is destroyed and comes back from its copy; the record goes on."""
    town = Town(demo=True)
    town.start()
    body = {"category": "other", "address": "Somewhere"}
    size = lambda: int(town.ask("/record/checkpoint")[2].split(b"\n")[1])
    older = os.path.join(town.folder, "older.db")
    subprocess.run([POLITY, "backup", "--dir", town.folder, "--to", older], capture_output=True, check=True)
    before = size()
    codes = [json.loads(town.ask("/requests.json", body)[2])["code"] for _ in range(20)]
    check.holds("the reports are signed", waits_for_checkpoint(town, before + 19))
    backup = os.path.join(town.folder, "copy.db")
    subprocess.run([POLITY, "backup", "--dir", town.folder, "--to", backup], capture_output=True, check=True)
    said = restore(town, backup)
    check.holds("nothing is restored under a served town", said.returncode == 1 and "served already" in said.stderr, said.stderr)
    town.stop(signal.SIGKILL)
    database = os.path.join(town.folder, "polity.db")
    with open(database, "wb") as file:
        file.write(b"the disk ate it" * 1000)
    garbage = os.path.join(town.folder, "garbage.db")
    shutil.copy(database, garbage)
    said = restore(town, database)
    check.holds("the town's own file is no copy", said.returncode == 1 and said.stderr.startswith("polity: "), said.stderr)
    begun = time.monotonic()
    for what, source, words in (("garbage", garbage, "cannot be opened"), ("nothing", backup + ".none", "there is no file"), ("an older copy", older, "older backup")):
        said = restore(town, source)
        check.holds(f"{what} is refused", said.returncode == 1 and words in said.stderr, said.stderr)
    other = Town(demo=False)
    other.start()
    other.ask("/health")
    time.sleep(1.5)
    other.stop()
    said = restore(other, backup)
    check.holds("the copy of another town is refused", said.returncode == 1 and "another" in said.stderr, said.stderr)
    other.throw_away()
    stranger = os.path.join(town.folder, "stranger.db")
    made = sqlite3.connect(stranger)
    made.execute("create table x (y text)")
    made.commit()
    made.close()
    said = restore(town, stranger, "--older")
    check.holds("what is no town's is refused, whatever is asked", said.returncode == 1 and "no database of a town" in said.stderr, said.stderr)
    check.equal("a refusal changes nothing", open(database, "rb").read(15), b"the disk ate it")
    said = restore(town, backup)
    check.holds("the copy is restored", said.returncode == 0 and "is kept as" in said.stdout, said.stdout + said.stderr)
    town.start()
    check.holds("back within 60 s", time.monotonic() - begun < 60)
    check.holds("with every report", all(town.ask(f"/requests/{code}.json")[0] == 200 for code in codes))
    shown = size()
    town.ask("/requests.json", body)
    check.holds("and the record goes on", waits_for_checkpoint(town, shown))
    check.holds("and is whole", verify(town.url).returncode == 0)
    town.stop()
    said = restore(town, older, "--older")
    check.holds("an older copy only when asked for", said.returncode == 0 and "nothing is signed" in said.stdout, said.stdout + said.stderr)
    town.throw_away()


def database_holds_no_words():
    """Nothing private is in an entry."""
    town = Town(demo=True)
    town.start()
    town.ask("/requests.json", {"category": "other", "address": "Hidden Lane", "description": "Secretword", "email": "x@example.org", "name": "Xavier"})
    time.sleep(1)
    rows = sqlite3.connect(os.path.join(town.folder, "polity.db")).execute("select body from record_entries order by rowid desc limit 20").fetchall()
    text = " ".join(row[0] for row in rows)
    check.holds("no word, name or address in the record", not any(word in text for word in ("Secretword", "Xavier", "Hidden Lane", "x@example")))
    town.throw_away()


try:
    demo_town()
    drill()
    database_holds_no_words()
except (RuntimeError, OSError, urllib.error.URLError) as error:
    check.holds("nothing went wrong", False, repr(error))
check.finish()
