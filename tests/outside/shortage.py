"""The disk fills up, or the database goes away: a clear 503, nothing broken, and it recovers by itself."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse

from failing import FAST, Disk, Load, stored
from town import POLITY, Checks, Town, create_database

check = Checks("shortage")


def refusals(name, load):
    """Everything that was not taken must have been answered with 503, when to come again, and a sentence."""
    unlike = [(status, body[:200]) for status, headers, body in load.others if status != 503 or "retry-after" not in {k.lower() for k in headers} or len(json.loads(body).get("detail", "")) < 10]
    check.holds(f"{name}: {len(load.others)} refused, each with 503 and a sentence", load.others and not unlike, str(unlike[:3]))


def until(truth, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if truth():
            return True
        time.sleep(0.1)
    return False


def reports(town):
    try:
        return town.ask("/requests.json", {"category": "other", "address": "Somewhere"}, timeout=5)[0] == 201
    except OSError:
        return False


def full_disk():
    disk = Disk("100M")
    try:
        folder = disk.demo_town()
        town = Town(folder=folder, demo=True, env=FAST)
        town.start()
        load = Load(town)
        until(lambda: load.codes)
        filler = os.path.join(disk.mount, "filler")
        with open(filler, "wb", buffering=0) as file:
            try:
                while file.write(b"x" * 65_536) == 65_536:
                    pass
            except OSError:
                pass
        check.holds("a full disk is noticed", until(lambda: load.others))
        time.sleep(1)
        check.equal("what is there can still be read", town.ask("/requests")[0], 200)
        load.end()
        refusals("full disk", load)
        os.remove(filler)
        check.holds("with room again, reports are taken again", until(lambda: reports(town)))
        size = lambda: int(town.ask("/record/checkpoint")[2].split(b"\n")[1])
        before = size()
        reports(town)
        check.holds("and the record goes on", until(lambda: size() > before))
        town.stop()
        sound, codes, entries = stored(folder)
        check.holds(f"none of {len(load.codes)} acknowledged is lost", sound == "ok" and set(load.codes) <= codes == entries, sound)
        check.equal("the record is whole", subprocess.run([POLITY, "verify", folder], capture_output=True, check=False).returncode, 0)
    finally:
        disk.throw_away()


class Wire:
    """Carries bytes to a database until it is cut."""

    def __init__(self, host, port):
        self.to, self.open = (host, port), []
        self.port = None
        self.mend()

    def mend(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port or 0))
        self.listener.listen(64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def accept(self, listener):
        while True:
            try:
                near = listener.accept()[0]
            except OSError:
                return
            far = socket.create_connection(self.to)
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    @staticmethod
    def carry(one, other):
        try:
            while data := one.recv(65_536):
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        # A listener that a thread waits on is freed only when it is woken.
        for end in [self.listener, *self.open]:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
        self.open = []


def database_away():
    server = urllib.parse.urlsplit(create_database(f"shortage_{os.getpid()}"))
    wire = Wire(server.hostname, server.port)
    folder = tempfile.mkdtemp(prefix="polity-shortage-")
    url = server._replace(netloc=f"{server.username}@127.0.0.1:{wire.port}").geturl()
    town = Town(folder=folder, demo=False, extra=["--database", url], env=FAST)
    try:
        town.start()
        town.set_up()
        load = Load(town)
        until(lambda: len(load.codes) > 20)
        for _ in range(3):
            load.others.clear()
            wire.cut()
            check.holds("a database that went away is noticed", until(lambda: len(load.others) > 3))
            status, headers, _ = town.ask("/record", timeout=20)
            check.holds("a page says so with 503", status == 503 and "retry-after" in {k.lower() for k in headers}, str(status))
            check.equal("health says so", town.ask("/health", timeout=20)[0], 503)
            wire.mend()
            taken = len(load.codes)
            check.holds("it recovers by itself", until(lambda: len(load.codes) > taken + 20))
            refusals("database away", load)
        load.end()
        read = [town.ask(f"/requests/{code}.json")[0] for code in load.codes]
        check.holds(f"none of {len(read)} acknowledged is lost", set(read) == {200}, str(set(read)))
        check.holds("the record goes on", until(lambda: int(town.ask("/record/checkpoint")[2].split(b"\n")[1]) > len(load.codes)))
        check.equal("the record is whole", subprocess.run([POLITY, "verify", town.url], capture_output=True, check=False).returncode, 0)
    finally:
        if town.process:
            town.stop()
        shutil.rmtree(folder, ignore_errors=True)


database_away()
if os.geteuid() == 0:
    full_disk()
else:
    check.holds("the full disk needs root", False)
check.finish()
