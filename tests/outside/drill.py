"""The drill of RELIABILITY under load: sixteen residents report without a pause, a copy is made meanwhile, the machine is lost
the moment the copy is done, and the town comes back on another one from the copy, the key and the checkpoint. Nothing
acknowledged before the copy was begun may be lost in any round. At most one second of acts may be lost in the median round:
one flush of a shared disk can take longer than that by itself. It must be back within 60 s, and copies must come to an end
however busy the town is."""

import glob
import json
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

from failing import FAST, Load, stored
from town import POLITY, Checks, Town

check = Checks("drill")
ROUNDS = int(os.environ.get("POLITY_DRILLS", "5"))


class TimedLoad(Load):
    """Knows when each report was acknowledged."""

    def __init__(self, town):
        self.times = {}
        super().__init__(town)

    def watch(self):
        """Notes the moment for what came since the last look."""
        now = time.monotonic()
        for code in self.acknowledged():
            self.times.setdefault(code, now)


def back_up(town, to, load):
    """Makes a copy while the load goes on; answers whether it was made, in how many seconds, and what was said."""
    begun = time.monotonic()
    making = subprocess.Popen([POLITY, "backup", "--dir", town.folder, "--to", to], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=town.env)
    while making.poll() is None and time.monotonic() - begun < 120:
        load.watch()
        time.sleep(0.02)
    if making.poll() is None:
        making.kill()
    return making.wait() == 0, time.monotonic() - begun, making.stdout.read()


def one_round(number):
    town = Town(demo=True, env=FAST)
    safe = tempfile.mkdtemp(prefix="polity-safe-")
    again = None
    try:
        town.start()
        load = TimedLoad(town)
        end = time.monotonic() + 2
        while time.monotonic() < end:
            load.watch()
            time.sleep(0.02)
        # Key and checkpoint first: a copy that is newer than its checkpoint goes on, an older one must not sign.
        for name in ("record.key", "record.checkpoint"):
            shutil.copy(os.path.join(town.folder, name), safe)
        copy = os.path.join(safe, "copy.db")
        before = set(load.acknowledged())
        made, took, said = back_up(town, copy, load)
        load.watch()
        lost_at = time.monotonic()
        town.stop(signal.SIGKILL)
        load.end()
        check.holds(f"round {number}: a copy is made under load", made, said)
        acknowledged = {code: at for code, at in load.times.items()}
        shutil.rmtree(town.folder)

        begun = time.monotonic()
        folder = tempfile.mkdtemp(prefix="polity-drill-")
        for name in ("record.key", "record.checkpoint"):
            shutil.copy(os.path.join(safe, name), folder)
        # A demo's folder is made by the demo alone; on the other machine it is served as a town of the same name.
        env = {**FAST, "POLITY_TOWN_JURISDICTION_ID": "losangeles.example"}
        restored = subprocess.run([POLITY, "restore", "--dir", folder, "--from", copy], capture_output=True, text=True, env={**town.env, **env}, check=False)
        check.holds(f"round {number}: it is restored", restored.returncode == 0, restored.stdout + restored.stderr)
        again = Town(folder=folder, demo=False, env=env)
        again.start()
        code = json.loads(again.ask("/requests.json", {"category": "other", "address": "Somewhere"})[2])["code"]
        took_back = time.monotonic() - begun
        signed = False
        while not signed and time.monotonic() - begun < 60:
            signed = any(entry["subject_id"] == code for entry in json.loads(again.ask("/record.json?limit=20")[2])["entries"])
            time.sleep(0.1)
        again.stop()
        sound, codes, entries = stored(folder)
        missing = [code for code in acknowledged if code not in codes]
        window = max((lost_at - acknowledged[code] for code in missing), default=0.0)
        check.holds(f"round {number}: nothing acknowledged before the copy was begun is lost", not (before - codes), len(before - codes))
        # What is lost came while the copy was made (and while this program looked, each 20 ms).
        check.holds(f"round {number}: only what came while the copy was made is lost", window <= took + 0.5, f"{window:.2f} s, {len(missing)} acts, copy in {took:.2f} s")
        check.holds(f"round {number}: back within 60 s, taking acts and signing them", took_back < 60 and signed, f"{took_back:.1f} s")
        check.holds(f"round {number}: sound, each report with its entry", sound == "ok" and codes == entries)
        print(f"  round {number}: {len(acknowledged)} acknowledged, copy in {took:.2f} s, {len(missing)} lost of the last {window:.2f} s, back in {took_back:.1f} s", flush=True)
        return window
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        town.throw_away()
        if again:
            again.stop()
        shutil.rmtree(safe, ignore_errors=True)
        for left in glob.glob(os.path.join(tempfile.gettempdir(), "polity-drill-*")):
            shutil.rmtree(left, ignore_errors=True)


windows = [one_round(number) for number in range(1, ROUNDS + 1)]
middle = statistics.median(windows)
check.holds("at most 1 s of acts is lost, median of the rounds", middle <= 1.0, f"{middle:.2f} s; each: {', '.join(f'{window:.2f}' for window in windows)}")
check.finish()
