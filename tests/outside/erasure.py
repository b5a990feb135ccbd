"""Erased means gone: somebody leaves words of their own in every place there is, among the words of hundreds of others, and
leaves. Afterwards none of these words is found in any table, in any file of the town's folder (database, log), in the record
and its tiles, in a page, in what the program printed, or in a copy made then. Before, each is found, or the search is not
believed. On SQLite (tables and bytes) and PostgreSQL (tables)."""

import glob
import json
import os
import random
import re
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import time
import urllib.request
import zlib

from aiosmtpd.controller import Controller
from failing import FAST
from town import POLITY, Checks, Town, Visitor, create_database, free_port

check = Checks("erasure")
# One word for each place it is left in; none is a part of another word anywhere.
WORDS = {
    "name": "Qvintelladora",
    "address": "xq7elderwoman",
    "description": "zirkonhundert",
    "correction": "brumelwicht",
    "place": "fenkelstiege",
    "contact name": "oldmairwhyn",
    "phone": "5550199773311",
    "comment": "plumbagoxylon",
    "key": "tokenwerthold",
}
OTHERS = 400


class Inbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.rcpt_tos[0], envelope.content.decode()))
        return "250 taken"

    def link_to(self, address):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            found = [text for to, text in self.mails if to == address]
            if found:
                text = found[-1].replace("=\r\n", "")
                return re.search(r"/sign-in/link/[A-Za-z0-9_-]{43}", text).group(0)
            time.sleep(0.1)
        raise RuntimeError(f"no mail came to {address}")


def png(words):
    """A photo whose file says something besides the picture."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(random.Random(y).randrange(256) for _ in range(64 * 3)) for y in range(64))
    head = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"tEXt", b"Comment\0" + words.encode()) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def upload(visitor, path, fields, name, data):
    """Posts a form with a file; answers the address it led to."""
    edge = "edgeofthepart"
    parts = "".join(f'--{edge}\r\ncontent-disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items())
    body = parts.encode() + f'--{edge}\r\ncontent-disposition: form-data; name="photo"; filename="{name}"\r\ncontent-type: image/png\r\n\r\n'.encode() + data + f"\r\n--{edge}--\r\n".encode()
    headers = {**visitor.headers, "content-type": f"multipart/form-data; boundary={edge}"}
    return visitor.opener.open(urllib.request.Request(visitor.town.url + path, body, headers)).geturl()


def led_to(visitor, path, fields):
    import urllib.parse

    request = urllib.request.Request(visitor.town.url + path, urllib.parse.urlencode(fields).encode(), visitor.headers)
    return visitor.opener.open(request).geturl()


def tables(folder, database):
    """Every value of every table as text, by table."""
    if database:
        tool = shutil.which("pg_dump") or sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_dump"))[-1]
        return {"dump": subprocess.run([tool, "--inserts", database], capture_output=True, check=True).stdout}
    connection = sqlite3.connect(f"file:{folder}/polity.db?mode=ro", uri=True)
    names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    found = {}
    for name in names:
        values = (value for row in connection.execute(f'select * from "{name}"') for value in row)
        found[name] = b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)
    connection.close()
    return found


def files(folder):
    return {os.path.basename(path): open(path, "rb").read() for path in glob.glob(f"{folder}/*") if os.path.isfile(path)}


def hits(texts, words):
    """Where which words are found, in any case."""
    lowered = {where: text.lower() for where, text in texts.items()}
    return {word: sorted(where for where, text in lowered.items() if word.lower().encode() in text) for word in words}


def none_found(found):
    return {word: where for word, where in found.items() if where}


def only_deleted(copy, words):
    """The control: the same words taken out of every table of a copy, and nothing else; answers the bytes of the file."""
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute("pragma secure_delete = off")
    connection.execute("pragma journal_mode = delete")
    names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    for name in names:
        columns = [row[1] for row in connection.execute(f'pragma table_info("{name}")') if row[2].lower() == "text"]
        for column in columns:
            for word in words:
                connection.execute(f'delete from "{name}" where "{column}" like ?', (f"%{word}%",))
    connection.close()
    with open(copy, "rb") as file:
        return file.read()


def report(town, chance):
    words = " ".join("".join(chance.choice("abcdefghijklmnop") for _ in range(chance.randrange(4, 11))) for _ in range(12))
    status, _, body = town.ask("/requests.json", {"category": "other", "address": f"Lane {chance.randrange(900)}", "description": words})
    assert status == 201, body


def leave_words(town, inbox, administrator):
    """Somebody with an account leaves every word somewhere; answers them and the code of their report."""
    email = f"{WORDS['address']}@example.org"
    her = Visitor(town)
    her.post("/sign-in", {"email": email})
    her.post(inbox.link_to(email), {})
    her.post("/me", {"name": WORDS["name"], "language": "en"})
    her.post("/me/tokens", {"name": WORDS["key"], "role": "resident", "days": "7"})
    draft = re.search(r"/report/([^/]+)/", led_to(her, "/report", {"category": "other"})).group(1)
    her.post(f"/report/{draft}/where", {"lat": "", "long": "", "address": f"{WORDS['place']} 3"})
    upload(her, f"/report/{draft}/what", {"description": f"A {WORDS['description']} lies here"}, "photograph.png", png("photo words"))
    her.post(f"/report/{draft}/contact", {"email": email, "name": WORDS["contact name"], "phone": WORDS["phone"]})
    thanks = led_to(her, "/requests", {"draft": draft})
    code, key = re.search(r"/requests/([^/]+)/thanks\?key=([^&]+)", thanks).groups()
    time.sleep(2.5)
    her.post("/comments", {"kind": "request", "id": code, "text": f"{WORDS['comment']} every night"})
    her.post("/follow", {"kind": "request", "id": code, "email": email})
    her.post(f"/requests/{code}/edit", {"key": key, "description": f"A {WORDS['correction']} and a {WORDS['description']} lie here"})
    return her, code


def try_on(what, database, keep_days):
    chance = random.Random(11)
    folder = tempfile.mkdtemp(prefix="polity-erasure-")
    inbox, port = Inbox(), free_port()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    env = {**FAST, "POLITY_MAIL_SMTP_URL": f"smtp://127.0.0.1:{port}", "POLITY_TOWN_BACKUP_DAYS": str(keep_days)}
    town = Town(folder=folder, demo=False, env=env, extra=["--database", database] if database else [])
    try:
        town.start()
        administrator = town.set_up()
        # Others write before and after, so that rows are moved between pages.
        for _ in range(OTHERS):
            report(town, chance)
        her, code = leave_words(town, inbox, administrator)
        # From now on mails wait here with their words.
        server.stop()
        for _ in range(OTHERS):
            report(town, chance)
        administrator.post("/admin/people", {"email": "a@example.org", "role": "officer", "organisation": "works"})
        administrator.post(f"/desk/{code}/resolve", {"text": "It is taken away"})
        time.sleep(2)
        before = hits(tables(folder, database), WORDS.values())
        check.holds(f"{what}: before, every word is found in a table", all(before.values()), before)
        if not database:
            raw = hits(files(folder), WORDS.values())
            check.holds(f"{what}: and in the bytes of a file", all(raw.values()), raw)
            old = f"{folder}-old.db"
            subprocess.run([POLITY, "backup", "--dir", folder, "--to", old], check=True, capture_output=True, env=town.env)

        address = led_to(her, "/me/erase", {"sure": "yes"})
        page = her.opener.open(address).read().decode()
        receipt = json.loads(town.ask(address.replace(town.url, "") + ".json")[2])
        taken = {f"{one['room']} {one['kind']}": one["count"] for one in receipt["taken"]}
        wanted = {"people account": 1, "requests requests": 1, "commons comments": 1, "people tokens": 1, "commons follows": 1}
        check.equal(f"{what}: the receipt counts what was taken", {key: taken.get(key) for key in wanted}, wanted)
        check.holds(f"{what}: the receipt names entries without their salts", receipt["salts_forgotten"] >= 3 and all(f"/record/{entry}" in page for entry in receipt["entries"]), receipt)
        check.holds(f"{what}: the receipt says until when copies hold it", f"{keep_days} days" in page, page[-1500:])
        check.equal(f"{what}: the receipt names nobody", none_found(hits({"page": page.encode()}, WORDS.values())), {})

        end = time.monotonic() + 90
        while time.monotonic() < end:
            jobs = json.loads(administrator.get("/admin/operations.json"))["jobs"]
            if not any(kind["kind"] == "long.scrub" for kind in jobs["kinds"]):
                break
            time.sleep(0.5)
        check.equal(f"{what}: afterwards no word is in any table", none_found(hits(tables(folder, database), WORDS.values())), {})
        served = {path: town.ask(path)[2] for path in (f"/requests/{code}", f"/requests/{code}.json", "/requests.json?limit=1000", "/record.json", "/record/checkpoint", *(f"/search.json?q={word}" for word in ()))}
        size = int(served["/record/checkpoint"].split(b"\n")[1])
        bundles = [f"/record/tile/entries/{number:03d}" + ("" if (number + 1) * 256 <= size else f".p/{size % 256}") for number in range((size + 255) // 256)]
        served |= {path: town.ask(path)[2] for path in bundles}
        check.holds(f"{what}: the record's bundles were read", all(len(served[path]) > 100 for path in bundles), [(path, len(served[path])) for path in bundles])
        check.equal(f"{what}: no word is in a page or in the record", none_found(hits(served, WORDS.values())), {})
        for word in WORDS.values():
            answer = json.loads(town.ask(f"/search.json?q={word}")[2])
            check.holds(f"{what}: search knows {word} no more", not (answer.get("results") or answer.get("items") or answer.get("found")), answer)
        check.equal(f"{what}: what the program printed names nobody", none_found(hits({"log": town.printed().encode()}, WORDS.values())), {})
        if not database:
            check.equal(f"{what}: no word is in the bytes of any file while it is served", none_found(hits(files(folder), WORDS.values())), {})
            copy = f"{folder}-new.db"
            subprocess.run([POLITY, "backup", "--dir", folder, "--to", copy], check=True, capture_output=True, env=town.env)
            check.equal(f"{what}: no word is in a copy made now", none_found(hits({"copy": open(copy, "rb").read()}, WORDS.values())), {})
            check.holds(f"{what}: a copy from before holds them, as the receipt says", all(hits({"old": open(old, "rb").read()}, WORDS.values()).values()))
            control = f"{folder}-control.db"
            shutil.copy(old, control)
            left = hits({"control": only_deleted(control, list(WORDS.values()))}, WORDS.values())
            check.holds(f"{what}: the control is believed: words that are only deleted are still found in the bytes", any(left.values()), left)
            for path in (old, copy, control):
                os.remove(path)
            town.stop()
            check.equal(f"{what}: nor after it was stopped", none_found(hits(files(folder), WORDS.values())), {})
    finally:
        town.stop()
        if server.loop.is_running():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


try_on("SQLite", None, 35)
if os.environ.get("POLITY_TEST_POSTGRES"):
    try_on("PostgreSQL", create_database("erasure_outside"), 14)
else:
    check.holds("a PostgreSQL to try on (scripts/with-postgres)", False)
check.finish()
