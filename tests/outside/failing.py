"""Load that remembers what was acknowledged, what the database then holds, and a disk that can fail."""

import fcntl
import http.client
import json
import os
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import threading
import time

from town import Town

# ext4 on a loop device; SHUTDOWN without a flush of the log is what a power cut leaves (linux/ext4.h).
EXT4_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2
WRITERS = 16
FORM = {"category": "other", "address": "Somewhere"}
FAST = {"POLITY_LIMITS_ACTS_PER_MINUTE": "1000000", "POLITY_LIMITS_REQUESTS_PER_HOUR": "1000000"}


class Load:
    """Sends reports side by side and keeps every code that was acknowledged."""

    def __init__(self, town):
        self.town, self.codes, self.others, self.going = town, [], [], True
        self.threads = [threading.Thread(target=self.send, daemon=True) for _ in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def send(self):
        while self.going:
            try:
                status, headers, body = self.town.ask("/requests.json", FORM, timeout=5)
                if status == 201:
                    self.codes.append(json.loads(body)["code"])
                else:
                    self.others.append((status, headers, body))
                    time.sleep(0.02)
            except OSError:
                time.sleep(0.005)

    def acknowledged(self):
        return list(self.codes)

    def end(self):
        self.going = False
        for thread in self.threads:
            thread.join(10)


class Applications(Load):
    """Fills in the form of a service page by page, files it, and keeps every code that was acknowledged, with its key."""

    SERVICE = "residents-parking"
    PAGES = {
        "full_name": "Amina Test", "street": "Long Lane 1", "district": "3", "lives_in_zone": "yes", "car_is_used_by_you": "yes",
        "has_own_space": "no", "plate": "AB 1234", "lease": "", "email": "amina.test@example.org", "signature": "Amina Test",
    }

    def send(self):
        while self.going:
            try:
                self.file()
            except (OSError, http.client.HTTPException):
                time.sleep(0.005)

    def file(self):
        """One application; what is refused on the way, as a draft that a power cut took, is left."""
        draft = self.step(f"/services/{self.SERVICE}/apply.json", {}, 201)
        for name, answer in self.PAGES.items():
            if draft is None or self.step(f"/apply/{draft['draft']}/page_{name}.json", {name: answer}, 200) is None:
                return
        filed = draft and self.step(f"/apply/{draft['draft']}/check.json", {}, 201)
        if filed:
            self.codes.append(filed["code"])

    def step(self, path, data, wanted):
        status, headers, body = self.town.ask(path, data, timeout=5)
        if status != wanted:
            self.others.append((status, headers, body))
            time.sleep(0.02)
            return None
        return json.loads(body)


def stored_applications(folder):
    """As `stored`, of applications: who applied is not on the record, so each must have the first step of its life instead."""
    database = sqlite3.connect(os.path.join(folder, "polity.db"))
    sound = database.execute("pragma integrity_check").fetchone()[0]
    codes = {row[0] for row in database.execute("select code from applications")}
    steps = {row[0] for row in database.execute("select distinct code from application_steps")}
    database.close()
    return sound, codes, steps


def stored(folder):
    database = sqlite3.connect(os.path.join(folder, "polity.db"))
    sound = database.execute("pragma integrity_check").fetchone()[0]
    codes = {row[0] for row in database.execute("select code from requests")}
    entries = {row[0] for row in database.execute("select subject_id from record_entries where saying = 'request.opened'")}
    database.close()
    return sound, codes, entries


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True)


class Disk:
    """A small ext4 file system that can lose its power."""

    def __init__(self, size="400M"):
        self.folder = tempfile.mkdtemp(prefix="polity-disk-")
        self.image, self.mount = os.path.join(self.folder, "disk"), os.path.join(self.folder, "mnt")
        os.makedirs(self.mount)
        run("truncate", "-s", size, self.image)
        run("mkfs.ext4", "-q", "-F", self.image)
        self.attach()

    def attach(self):
        run("mount", "-o", "loop", self.image, self.mount)

    def demo_town(self):
        """Puts a demo town on the disk; answers its folder."""
        base = Town(demo=True)
        base.start()
        base.stop()
        folder = os.path.join(self.mount, "town")
        shutil.copytree(base.folder, folder)
        base.throw_away()
        run("sync")
        return folder

    def cut(self):
        handle = os.open(self.mount, os.O_RDONLY)
        fcntl.ioctl(handle, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        os.close(handle)

    def detach(self):
        for _ in range(200):
            if subprocess.run(["umount", self.mount], capture_output=True, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError("the disk cannot be unmounted")

    def throw_away(self):
        subprocess.run(["umount", self.mount], capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
