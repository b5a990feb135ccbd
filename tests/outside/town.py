"""A town to try from outside, and the counting of what was tried."""

import glob
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

POLITY = os.environ.get("POLITY_BINARY", "polity")


class Checks:
    """Counts what holds and what does not."""

    def __init__(self, name):
        self.name, self.passed, self.failed = name, 0, 0

    def holds(self, what, truth, detail=""):
        if truth:
            self.passed += 1
        else:
            self.failed += 1
            print(f"  FAILED {self.name}: {what} {detail}", flush=True)
        return truth

    def equal(self, what, found, wanted):
        return self.holds(what, found == wanted, f"(found {found!r}, wanted {wanted!r})")

    def finish(self):
        print(f"{self.name}: {self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def create_database(name):
    """A new database on the server of `scripts/with-postgres`; answers its address."""
    server = os.environ["POLITY_TEST_POSTGRES"]
    psql = shutil.which("psql") or sorted(glob.glob("/usr/lib/postgresql/*/bin/psql"))[-1]
    subprocess.run([psql, server, "-c", f"create database {name}"], check=True, capture_output=True)
    return server.rsplit("/", 1)[0] + "/" + name


class Town:
    """A running `polity`."""

    def __init__(self, folder=None, demo=True, extra=(), env=None, port=None):
        self.made = folder is None
        self.folder = folder or tempfile.mkdtemp(prefix="polity-outside-")
        self.demo, self.extra, self.env = demo, list(extra), {**os.environ, **(env or {})}
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.process = None

    def start(self, wait=60):
        command = [POLITY, "--log", "warn", "demo" if self.demo else "serve", "--dir", self.folder, "--listen", f"127.0.0.1:{self.port}", *self.extra]
        self.log = open(os.path.join(self.folder, "log.txt"), "ab")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=self.env)
        begun = time.monotonic()
        while time.monotonic() - begun < wait:
            if self.process.poll() is not None:
                raise RuntimeError(f"polity ended with {self.process.returncode}: {self.printed()[-600:]}")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2).read()
                return time.monotonic() - begun
            except urllib.error.HTTPError:
                # It answers, and says that something is wrong: that is for the test to look at.
                return time.monotonic() - begun
            except OSError:
                time.sleep(0.01)
        raise RuntimeError("polity did not become ready")

    def printed(self):
        with open(os.path.join(self.folder, "log.txt"), encoding="utf-8") as log:
            return log.read()

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(30)
        self.log.close()

    def throw_away(self):
        self.stop()
        if self.made:
            shutil.rmtree(self.folder, ignore_errors=True)

    def token(self, role, *more):
        made = subprocess.run([POLITY, "token", "create", "--dir", self.folder, "--role", role, *more], capture_output=True, text=True, check=True, env=self.env)
        return made.stdout.strip().splitlines()[-1]

    def ask(self, path, data=None, headers=None, method=None, timeout=30):
        """Status, headers, body."""
        if isinstance(data, (dict, list)):
            data = urllib.parse.urlencode(data).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=headers or {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def setup_code(self):
        return re.findall(r"^    (\S+)$", self.printed(), re.MULTILINE)[-1]

    def set_up(self):
        """An administrator by the code of the terminal, one agency, one category; answers the administrator."""
        administrator = Visitor(self)
        administrator.post("/setup", {"code": self.setup_code(), "email": "a@example.org", "name": "Ada"})
        administrator.post("/admin/organisations", {"code": "works", "name[en]": "Public works"})
        time.sleep(2.5)
        administrator.post("/admin/categories", {"code": "other", "organisation": "works", "name[en]": "Anything", "description[en]": "Anything at all", "position": "1", "active": "yes"})
        time.sleep(2.5)
        return administrator


class Visitor:
    """Somebody with a browser that keeps cookies and says that forms are from our own pages."""

    def __init__(self, town, language="en"):
        self.town = town
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.headers = {"sec-fetch-site": "same-origin", "accept-language": language}

    def get(self, path):
        return self.opener.open(urllib.request.Request(self.town.url + path, headers=self.headers)).read().decode()

    def post(self, path, fields):
        request = urllib.request.Request(self.town.url + path, urllib.parse.urlencode(fields).encode(), self.headers)
        try:
            return self.opener.open(request).read().decode()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.code} {re.findall('href=.#[^<]*<', error.read().decode())}") from error
