"""Witnesses and monitors: the standard's words followed by Python's own cryptography, and towns that go back."""

import base64
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from town import POLITY, Checks, Town, free_port

check = Checks("witness")
started = []
NEAR = {"POLITY_OUTGOING_PLAIN_HTTP": "true", "POLITY_OUTGOING_PRIVATE_ADDRESSES": "true"}


def cosigned(note, vkey):
    """The time of the cosignature by this key, by the words of c2sp.org/tlog-cosignature; None without one."""
    name, _, key = vkey.split("+", 2)
    key = base64.b64decode(key)
    assert key[0] == 4, "the key of a cosigner"
    key_id = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    text, lines = note.rsplit("\n\n", 1)
    for line in lines.splitlines():
        by, signature = line.removeprefix("— ").split(" ")
        signature = base64.b64decode(signature)
        if by == name and signature[:4] == key_id:
            at = int.from_bytes(signature[4:12], "big")
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[12:], f"cosignature/v1\ntime {at}\n{text}\n".encode())
            return at
    return None


class Witness:
    def __init__(self, log_key):
        self.folder, self.port, self.log_key = tempfile.mkdtemp(prefix="polity-witness-"), free_port(), log_key
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [POLITY, "witness", "--dir", self.folder, "--name", "witness.example/w1", "--record", self.log_key, "--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        started.append(self.process)
        for _ in range(200):
            try:
                self.key = self.ask("/key")[2].strip()
                return self
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the witness did not start")

    def ask(self, path, body=None):
        try:
            with urllib.request.urlopen(urllib.request.Request(self.url + path, body.encode() if body is not None else None), timeout=10) as answer:
                return answer.status, answer.headers["content-type"], answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers["content-type"], error.read().decode()

    def last(self, origin):
        return self.ask(f"/{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint")

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(20)


def monitor(town, keep, *more):
    return subprocess.run([POLITY, "monitor", town.url, "--keep", keep, "--once", *more], capture_output=True, text=True, check=False)


def text_of(town, path):
    return town.ask(path)[2].decode()


def waits_for(what, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.2)
    return None


def size_of(note):
    return int(note.split("\n")[1])


def report(town):
    check.equal("a report is taken", town.ask("/requests.json", {"category": "other", "address": "Somewhere"})[0], 201)


def bad_input(witness, town, origin):
    note = text_of(town, "/record/checkpoint").rsplit("\n\n", 1)
    plain = note[0] + "\n\n" + note[1].splitlines()[0] + "\n"
    known = size_of(witness.last(origin)[2])
    for what, body, wanted in (
        ("nothing", "", 400), ("no blank line", "old 0\n", 400), ("a size with a zero before it", f"old 00\n\n{plain}", 400),
        ("an unknown log", f"old 0\n\n{plain.replace(origin, 'other.example/record')}", 404),
        ("a changed size", f"old {known}\n\n{plain.replace(chr(10) + str(size_of(plain)) + chr(10), chr(10) + '9999999' + chr(10))}", 403),
        ("an old size above the new", f"old {size_of(plain) + 5}\n\n{plain}", 400),
        ("more than a checkpoint can have", "old 1\n" + "A" * 70_000, 413),
    ):
        status, _, said = witness.ask("/add-checkpoint", body)
        check.holds(f"{what}: {wanted}", status == wanted and said.strip(), f"{status} {said[:80]}")
    status, kind, said = witness.ask("/add-checkpoint", f"old 0\n\n{plain}")
    check.equal("another size than it cosigned last", (status, kind, said), (409, "text/x.tlog.size", f"{known}\n"))
    status, _, _ = witness.ask("/add-checkpoint", f"old {known}\n{base64.b64encode(b'x' * 32).decode()}\n\n{plain}")
    check.holds("a proof that proves nothing", status in (409, 422), str(status))


def main():
    first = Town(demo=True)
    first.start()
    log_key = text_of(first, "/record/key").strip()
    origin = log_key.split("+")[0]
    first.stop()
    witness = Witness(log_key).start()
    check.equal("nothing cosigned yet", witness.last(origin)[0], 404)
    # At the same address: what the town publishes names it.
    town = Town(folder=first.folder, demo=True, port=first.port, env={**NEAR, "POLITY_RECORD_WITNESSES": f'["{witness.url} {witness.key}"]'})
    town.start()
    started.append(town.process)
    keep = os.path.join(witness.folder, "seen.checkpoint")

    note = waits_for(lambda: town.ask("/record/witnessed")[0] == 200 and text_of(town, "/record/witnessed"))
    check.holds("the witness cosigns the demo's record", note)
    at = cosigned(note, witness.key)
    check.holds("Python believes the cosignature, and its time is now", at and abs(at - time.time()) < 60, str(at))
    try:
        cosigned(note.replace(f"\n{size_of(note)}\n", "\n1\n"), witness.key)
        check.holds("and no changed one", False)
    except InvalidSignature:
        check.holds("and no changed one", True)
    check.holds("a quiet town's checkpoint carries it too", cosigned(text_of(town, "/record/checkpoint"), witness.key))
    check.holds("and a receipt", cosigned(text_of(town, "/record/receipt/5").split("\n\n", 1)[1], witness.key))
    check.equal("verify reads past it", subprocess.run([POLITY, "verify", town.url], capture_output=True, check=False).returncode, 0)
    check.holds("the page names the witness", "witness.example/w1" in text_of(town, "/record"))
    check.holds("the first look of a monitor", "first look" in monitor(town, keep).stdout)

    before = size_of(note)
    old = os.path.join(town.folder, "old.db")
    subprocess.run([POLITY, "backup", "--dir", town.folder, "--to", old], capture_output=True, check=True)
    shutil.copy(os.path.join(town.folder, "record.checkpoint"), old + ".checkpoint")
    report(town)
    newer = waits_for(lambda: size_of(text_of(town, "/record/witnessed")) > before)
    check.holds("what grew is cosigned again", newer)
    said = monitor(town, keep, "--plain-http", "--witness", f"{witness.url} {witness.key}")
    check.holds("the monitor finds all of it", said.returncode == 0 and "1 of them new" in said.stdout, said.stdout + said.stderr)
    bad_input(witness, town, origin)

    witness.stop(signal.SIGKILL)
    witness.start()
    check.equal("killed, the witness remembers", size_of(witness.last(origin)[2]), size_of(text_of(town, "/record/witnessed")))

    # Everything of the town is set back, its own checkpoint too: only the witness still knows.
    town.stop()
    for end in ("-wal", "-shm"):
        if os.path.exists(os.path.join(town.folder, "polity.db" + end)):
            os.remove(os.path.join(town.folder, "polity.db" + end))
    shutil.copy(old, os.path.join(town.folder, "polity.db"))
    shutil.copy(old + ".checkpoint", os.path.join(town.folder, "record.checkpoint"))
    town.start()
    report(town)
    check.holds("a town set back with its checkpoint does not sign", waits_for(lambda: "will not sign" in town.printed(), 10), town.printed()[-300:])
    check.equal("nothing new is shown", size_of(text_of(town, "/record/checkpoint")), before)
    said = monitor(town, keep)
    check.holds("a monitor says that it went back, and keeps the evidence", said.returncode == 1 and "went back" in said.stderr and os.path.exists(os.path.join(witness.folder, "seen.evidence")), said.stderr)

    # Without its witness it signs another history; whoever saw the first one can prove it.
    town.stop()
    town.env.pop("POLITY_RECORD_WITNESSES")
    town.start()
    for _ in range(3):
        report(town)
    check.holds("alone it signs another history", waits_for(lambda: size_of(text_of(town, "/record/checkpoint")) > size_of(witness.last(origin)[2])))
    said = monitor(town, keep)
    check.holds("a monitor says that it was rewritten", said.returncode == 1 and "rewritten" in said.stderr, said.stderr)
    fork = text_of(town, "/record/checkpoint")
    status, _, _ = witness.ask("/add-checkpoint", f"old {size_of(witness.last(origin)[2])}\n{base64.b64encode(b'x' * 32).decode()}\n\n{fork}")
    check.equal("no witness cosigns it", status, 422)
    town.env["POLITY_RECORD_WITNESSES"] = f'["{witness.url} {witness.key}"]'
    town.stop()
    town.start()
    check.holds("told again of its witness, it stops signing", waits_for(lambda: town.printed().count("will not sign") > 1, 10))
    town.throw_away()
    witness.stop()
    shutil.rmtree(witness.folder)
    shutil.rmtree(first.folder, ignore_errors=True)
    for words, wanted in ((["witness", "--dir", first.folder + "-x"], "needs a name"), (["witness", "--dir", first.folder + "-x", "--name", "w"], "nothing to watch"), (["monitor", "http://127.0.0.1:9", "--once", "--keep", first.folder + "-x/seen"], "cannot be read")):
        said = subprocess.run([POLITY, *words], capture_output=True, text=True, check=False)
        check.holds(f"{words[0]}: {wanted}", said.returncode == 1 and wanted in said.stderr, said.stderr)
    shutil.rmtree(first.folder + "-x", ignore_errors=True)


try:
    main()
except (RuntimeError, OSError, AttributeError) as error:
    check.holds("nothing went wrong", False, repr(error))
finally:
    # Nothing goes on when a check broke off.
    for process in started:
        if process.poll() is None:
            process.kill()
check.finish()
