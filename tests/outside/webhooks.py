"""Webhooks as a program gets them: signatures read by the library of standardwebhooks.com (PyPI `standardwebhooks`), order
while the receiver or the town is down, sending again, and nothing that is private. Then a town with the ordinary settings,
whose webhooks must not reach this machine however its address is written. On SQLite, and on PostgreSQL where there is one."""

import http.server
import json
import os
import re
import shutil
import signal
import socket
import tempfile
import threading
import time
import urllib.error

from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from town import Checks, Town, Visitor, create_database, free_port

check = Checks("webhooks")
PRIVATE = {"email": "hidden-address@example.org", "name": "Hiddenname", "phone": "555-0199-77", "description": "hiddenwords behind my house"}


class Receiver:
    """Remembers what came, and answers as it is told."""

    def __init__(self):
        self.came, self.status = [], 204
        own = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                own.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(own.status)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, wanted, seconds=25):
        """What came, once `wanted` of it says so or the time is over."""
        end = time.monotonic() + seconds
        while not wanted(self.came) and time.monotonic() < end:
            time.sleep(0.1)
        return list(self.came)

    def forget(self):
        self.came = []


def verified(secret, headers, body):
    try:
        return Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return None


def positions(came):
    return [json.loads(body)["data"].get("position") for _, body in came]


def secret_in(page):
    return re.search(r"whsec_[A-Za-z0-9+/=&;#x]+", page).group(0).replace("&#43;", "+").replace("&#x2B;", "+").replace("&#61;", "=")


def report(town):
    status, _, body = town.ask("/requests.json", {"category": "other", "address": "Lane 1", **PRIVATE})
    assert status == 201, (status, body)
    return json.loads(body)["code"]


def deliveries(what, extra):
    receiver = Receiver()
    folder = tempfile.mkdtemp(prefix="polity-webhooks-")
    env = {"POLITY_OUTGOING_PLAIN_HTTP": "true", "POLITY_OUTGOING_PRIVATE_ADDRESSES": "true"}
    town = Town(folder=folder, demo=False, env=env, extra=extra)
    try:
        town.start()
        administrator = town.set_up()
        secret = secret_in(administrator.post("/admin/webhooks", {"url": receiver.url, "note": "the test"}))
        own = "/admin/webhooks/" + json.loads(administrator.get("/admin/webhooks.json"))[0]["id"]

        code = report(town)
        came = receiver.wait(lambda came: len(came) >= 1)
        headers, body = came[0]
        read = verified(secret, headers, body)
        check.holds(f"{what}: the library takes the signature", read and read["type"] == "request.opened" and read["data"]["subject_id"] == code, headers)
        check.holds(f"{what}: another body is not taken", verified(secret, headers, body.replace(b"opened", b"closed")) is None)
        other = "whsec_" + "A" * 32
        check.holds(f"{what}: another secret is not taken", verified(other, headers, body) is None)
        late = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 3600)}
        check.holds(f"{what}: another time is not taken", verified(secret, late, body) is None)
        entry = json.loads(town.ask(f"/record/{read['data']['position']}.json")[2])
        check.equal(f"{what}: it is the public entry", read["data"]["id"], entry["id"])

        # Down, then the town itself is killed, then both are back: nothing missing, nothing overtaken, ids kept.
        receiver.status = 503
        receiver.forget()
        codes = [report(town) for _ in range(5)]
        receiver.wait(lambda came: len(came) >= 1)
        check.equal(f"{what}: while it is down only the first is tried", {json.loads(body)["data"]["subject_id"] for _, body in receiver.came}, {codes[0]})
        town.stop(signal.SIGKILL)
        receiver.status = 204
        receiver.forget()
        town.start()
        came = receiver.wait(lambda came: len(set(positions(came))) >= 5, 60)
        seen = [json.loads(body)["data"]["subject_id"] for _, body in came if json.loads(body)["type"] == "request.opened"]
        check.equal(f"{what}: everything comes in order after both were down", list(dict.fromkeys(seen)), codes)
        check.holds(f"{what}: all of it signed", all(verified(secret, headers, body) for headers, body in came))

        # Once more, by hand.
        first = came[0]
        receiver.forget()
        administrator.post(f"{own}/replay/{positions([first])[0]}", {})
        again = receiver.wait(lambda came: len(came) >= 1)
        check.holds(f"{what}: sent again with the same id and body", again and again[0][0]["webhook-id"] == first[0]["webhook-id"] and again[0][1] == first[1])
        check.holds(f"{what}: and signed anew", verified(secret, *again[0]))

        fresh = secret_in(administrator.post(f"{own}/rotate", {}))
        receiver.forget()
        report(town)
        came = receiver.wait(lambda came: len(came) >= 1)
        check.holds(f"{what}: old and new secret both verify for a day", verified(secret, *came[0]) and verified(fresh, *came[0]) and fresh != secret)
        receiver.forget()
        administrator.post(f"{own}/replay", {"from": "0", "to": "999"})
        everything = receiver.wait(lambda came: len(came) >= 9)
        all_text = b"".join(body for _, body in everything).decode().lower()
        leaked = [word for word in ("hidden-address", "hiddenname", "555-0199-77", "hiddenwords", "a@example.org") if word in all_text]
        check.equal(f"{what}: no name, address, number or words in anything that left", leaked, [])
    finally:
        town.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Trap:
    """Counts whoever connects to this machine."""

    def __init__(self):
        self.count = 0
        self.listeners = [self.listen(socket.AF_INET, "0.0.0.0", 0)]
        self.port = self.listeners[0].getsockname()[1]
        try:
            self.listeners.append(self.listen(socket.AF_INET6, "::", self.port))
        except OSError:
            print("  no IPv6 here: the trap listens on IPv4 only")
        for listener in self.listeners:
            threading.Thread(target=self.take, args=(listener,), daemon=True).start()

    @staticmethod
    def listen(family, host, port):
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((host, port))
        listener.listen()
        return listener

    def take(self, listener):
        while True:
            listener.accept()[0].close()
            self.count += 1


def attacks():
    trap = Trap()
    folder = tempfile.mkdtemp(prefix="polity-webhooks-")
    town = Town(folder=folder, demo=False)
    try:
        town.start()
        administrator = town.set_up()
        literal = [
            "127.0.0.1", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "10.0.0.1", "172.16.0.1", "192.168.1.1",
            "169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "100.64.0.1", "224.0.0.1", "[ff02::1]", "a:b@127.0.0.1", "example.org@127.0.0.1", "127.0.0.1\\@example.org",
        ]
        for host in literal:
            for scheme in ("https", "http"):
                try:
                    administrator.post("/admin/webhooks", {"url": f"{scheme}://{host}:{trap.port}/"})
                    check.holds(f"{scheme}://{host} is refused", False)
                except RuntimeError as refused:
                    check.holds(f"{scheme}://{host} is refused", ": 422" in str(refused), str(refused))
        # Names, and numbers that some resolvers take for one, pass the form; they are judged by where they lead.
        names = ["localhost", "LOCALHOST.", socket.gethostname(), "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0"]
        ids = []
        for host in names:
            try:
                administrator.post("/admin/webhooks", {"url": f"https://{host}:{trap.port}/"})
            except RuntimeError as refused:
                check.holds(f"https://{host} is refused in a sentence", ": 422" in str(refused), str(refused))
        ids = [one["id"] for one in json.loads(administrator.get("/admin/webhooks.json"))]
        check.holds("some are judged only when they are connected to", len(ids) >= 1, ids)
        for one in ids:
            administrator.post(f"/admin/webhooks/{one}/test", {})
        report(town)
        time.sleep(4)
        for one in ids:
            shown = json.loads(administrator.get(f"/admin/webhooks/{one}.json"))
            states = {delivery["state"] for delivery in shown["deliveries"]}
            check.holds(f"{shown['webhook']['url']} took nothing", states and "delivered" not in states, shown)
        # Up to here nobody may have come; the trap itself is tried last, so that it is known to count.
        check.equal("nobody connected to this machine", trap.count, 0)
        socket.create_connection(("127.0.0.1", trap.port)).close()
        time.sleep(0.3)
        check.equal("the trap counts", trap.count, 1)
        visitor = Visitor(town)
        try:
            visitor.post("/admin/webhooks", {"url": "https://example.org/"})
            check.holds("a visitor cannot add one", "sign-in" in visitor.get("/sign-in"))
        except RuntimeError as refused:
            check.holds("a visitor cannot add one", True, str(refused))
        check.equal("and none was added", len(json.loads(administrator.get("/admin/webhooks.json"))), len(ids))
    except urllib.error.HTTPError as error:
        check.holds("an administrator is answered", False, f"{error} {town.printed()[-500:]}")
    finally:
        town.stop()
        shutil.rmtree(folder, ignore_errors=True)


deliveries("SQLite", [])
if os.environ.get("POLITY_TEST_POSTGRES"):
    deliveries("PostgreSQL", ["--database", create_database("webhooks_outside")])
else:
    check.holds("a PostgreSQL to try on (scripts/with-postgres)", False)
attacks()
check.finish()
