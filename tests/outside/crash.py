"""What is acknowledged is never lost: power cuts with their control, and kill -9 under load."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

from failing import FAST, Applications, Disk, Load, stored, stored_applications
from town import POLITY, Checks, Town

check = Checks("crash")
CUTS = int(os.environ.get("POLITY_POWER_CUTS", "100"))
KILLS = int(os.environ.get("POLITY_KILLS", "50"))


def power_cuts(cuts, env, chance, kind=Load, look=stored):
    """Cuts the power under a kind of load; answers (acknowledged, lost, broken)."""
    disk = Disk()
    acknowledged = lost = broken = 0
    try:
        folder = disk.demo_town()
        for _ in range(cuts):
            town = Town(folder=folder, demo=True, env={**FAST, **env})
            town.start()
            load = kind(town)
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
                sound, codes, entries = look(folder)
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
    # An application is ten pages and more, each on the disk before the next.
    acknowledged, lost, broken = power_cuts(max(CUTS // 4, 5), {}, chance, Applications, stored_applications)
    check.holds(f"power cut under applications: {acknowledged} acknowledged, {lost} lost, {broken} broken", acknowledged > 0 and lost == 0 and broken == 0)
    # The same with every wait for the disk taken out (libeatmydata makes fsync do nothing) must lose something, or
    # this test proves nothing.
    acknowledged, lost, broken = power_cuts(max(CUTS // 10, 5), {"LD_PRELOAD": "libeatmydata.so"}, chance)
    check.holds(f"the control loses: {acknowledged} acknowledged, {lost} lost, {broken} broken", lost > 0 or broken > 0)


def kill(what, kind, look, pause):
    town = Town(demo=True, env=FAST)
    town.start()
    slowest = 0
    all_codes = []
    for _ in range(KILLS):
        load = kind(town)
        time.sleep(pause)
        before = load.acknowledged()
        load.going = False
        town.stop(signal.SIGKILL)
        load.end()
        all_codes += before
        again = Town(folder=town.folder, demo=True, env=FAST, port=town.port)
        slowest = max(slowest, again.start())
        town.process, town.log = again.process, again.log
    town.stop()
    sound, codes, entries = look(town.folder)
    check.equal(f"{what}: sound after kill -9", sound, "ok")
    check.holds(f"{what}: killed {KILLS} times: {len(all_codes)} acknowledged, none lost", len(all_codes) > KILLS and set(all_codes) <= codes == entries)
    check.holds(f"{what}: ready within 2 s after each (slowest {slowest:.2f} s)", slowest < 2)
    check.equal(f"{what}: the record is whole", subprocess.run([POLITY, "verify", town.folder], capture_output=True, check=False).returncode, 0)
    shutil.rmtree(town.folder, ignore_errors=True)


kill("reports", Load, stored, 0.3)
kill("applications", Applications, stored_applications, 1.0)
if os.geteuid() == 0:
    cut_the_power()
else:
    check.holds("the power cut needs root", False)
check.finish()
