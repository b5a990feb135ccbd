"""What is acknowledged is never lost: power cuts with their control, and kill -9 under load."""

import fcntl
import json
import os
import random
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time

from town import Checks, Town

check = Checks("crash")
# ext4 on a loop device; SHUTDOWN without a flush of the log is what a power cut leaves (linux/ext4.h).
EXT4_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2
CUTS = int(os.environ.get("POLITY_POWER_CUTS", "20"))
KILLS = int(os.environ.get("POLITY_KILLS", "15"))
WRITERS = 16
FORM = {"category": "other", "address": "Somewhere"}
FAST = {"POLITY_LIMITS_ACTS_PER_MINUTE": "1000000"}


class Load:
    """Sends reports side by side and keeps every code that was acknowledged."""

    def __init__(self, town):
        self.town, self.codes, self.going = town, [], True
        self.threads = [threading.Thread(target=self.send, daemon=True) for _ in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def send(self):
        while self.going:
            try:
                status, _, body = self.town.ask("/requests.json", FORM, timeout=5)
                if status == 201:
                    self.codes.append(json.loads(body)["code"])
            except OSError:
                time.sleep(0.005)

    def acknowledged(self):
        return list(self.codes)

    def end(self):
        self.going = False
        for thread in self.threads:
            thread.join(10)


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

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="polity-disk-")
        self.image, self.mount = os.path.join(self.folder, "disk"), os.path.join(self.folder, "mnt")
        os.makedirs(self.mount)
        run("truncate", "-s", "400M", self.image)
        run("mkfs.ext4", "-q", "-F", self.image)
        self.attach()

    def attach(self):
        run("mount", "-o", "loop", self.image, self.mount)

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


def power_cuts(cuts, env, chance):
    """Cuts the power under load; answers (acknowledged, lost, broken)."""
    disk = Disk()
    acknowledged = lost = broken = 0
    try:
        base = Town(demo=True)
        base.start()
        base.stop()
        folder = os.path.join(disk.mount, "town")
        shutil.copytree(base.folder, folder)
        base.throw_away()
        run("sync")
        for _ in range(cuts):
            town = Town(folder=folder, demo=True, env={**FAST, **env})
            town.start()
            load = Load(town)
            time.sleep(chance.uniform(0.2, 0.8))
            before = load.acknowledged()
            disk.cut()
            load.going = False
            town.stop(signal.SIGKILL)
            load.end()
            disk.detach()
            disk.attach()
            acknowledged += len(before)
            try:
                sound, codes, entries = stored(folder)
                missing = [code for code in before if code not in codes or code not in entries]
                lost += len(missing)
                broken += sound != "ok" or codes != entries
            except sqlite3.DatabaseError:
                broken += 1
                break
    finally:
        disk.throw_away()
    return acknowledged, lost, broken


def cut_the_power():
    chance = random.Random(7)
    acknowledged, lost, broken = power_cuts(CUTS, {}, chance)
    check.holds(f"power cut {CUTS} times: {acknowledged} acknowledged, {lost} lost, {broken} broken", acknowledged > CUTS and lost == 0 and broken == 0)
    # The same with every wait for the disk taken out (libeatmydata makes fsync do nothing) must lose something, or
    # this test proves nothing.
    acknowledged, lost, broken = power_cuts(max(CUTS // 2, 5), {"LD_PRELOAD": "libeatmydata.so"}, chance)
    check.holds(f"the control loses: {acknowledged} acknowledged, {lost} lost, {broken} broken", lost > 0 or broken > 0)


def kill():
    town = Town(demo=True, env=FAST)
    town.start()
    slowest = 0
    all_codes = []
    for _ in range(KILLS):
        load = Load(town)
        time.sleep(0.3)
        before = load.acknowledged()
        load.going = False
        town.stop(signal.SIGKILL)
        load.end()
        all_codes += before
        again = Town(folder=town.folder, demo=True, env=FAST, port=town.port)
        slowest = max(slowest, again.start())
        town.process, town.log = again.process, again.log
    town.stop()
    sound, codes, entries = stored(town.folder)
    check.equal("sound after kill -9", sound, "ok")
    check.holds(f"killed {KILLS} times: {len(all_codes)} acknowledged, none lost", len(all_codes) > KILLS and set(all_codes) <= codes == entries)
    check.holds(f"ready within 2 s after each (slowest {slowest:.2f} s)", slowest < 2)
    from town import POLITY
    check.equal("the record is whole", subprocess.run([POLITY, "verify", town.folder], capture_output=True, check=False).returncode, 0)
    shutil.rmtree(town.folder, ignore_errors=True)


kill()
if os.geteuid() == 0:
    cut_the_power()
else:
    check.holds("the power cut needs root", False)
check.finish()
