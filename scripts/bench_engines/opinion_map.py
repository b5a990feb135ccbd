#!/usr/bin/env python3
"""Measures the opinion map beside red-dwarf 0.4.0 (PyPI, in a virtual environment of its own) in the same run.

Needs ../shared/data/polis. Both are measured by processor time over all threads, without reading files; red-dwarf is the median of three, ours
the mean of as many as take a second. red-dwarf measures neither separation nor stability, so ours is timed twice: with all, and with
what red-dwarf does too.
"""

import os
import re
import sys

from shared.measure import ROOT, example, growth, machine, measured, peer, table

DATA = os.path.join(ROOT, "../shared/data/polis")
CONVERSATIONS = ["15-per-hour-seattle", "brexit-consensus", "vtaiwan.uberx", "american-assembly.bowling-green"]
PEER = r"""
import csv, statistics, sys, time, warnings
warnings.filterwarnings("ignore")
from reddwarf.implementations.polis import run_pipeline
folder = sys.argv[1]
with open(folder + "/participants-votes.csv", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
with open(folder + "/comments.csv", encoding="utf-8") as file:
    out = [int(row["comment-id"]) for row in csv.DictReader(file) if row["moderated"] == "-1"]
about = {"participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}
votes = [{"participant_id": int(row["participant"]), "statement_id": int(key), "vote": int(value)}
         for row in rows for key, value in row.items() if key not in about and value != ""]
times, work = [], []
for _ in range(3):
    begun, worked = time.perf_counter(), time.process_time()
    run_pipeline(votes=votes, mod_out_statement_ids=out)
    times.append(time.perf_counter() - begun)
    work.append(time.process_time() - worked)
print(statistics.median(times), statistics.median(work))
"""


def figures(said):
    return {key: float(value) for key, value in re.findall(r": (\w+) ([\d.]+)", said)}


def beside(ours, python):
    rows, slow = [], []
    for name in CONVERSATIONS:
        folder = os.path.join(DATA, name)
        said, _, memory = measured([ours, folder])
        found = figures(said)
        peer_said, _, peer_memory = measured([python, "-c", PEER, folder])
        worked = float(peer_said.split()[-1]) * 1000
        own, same, update = found["map_processor_ms"], found["bare_processor_ms"], found["update_processor_ms"]
        rows.append((name, f"{worked:,.0f} ms", f"{same:.1f} ms", f"{worked / same:.0f}", f"{own:.1f} ms", f"{worked / own:.0f}", f"{update:.1f} ms", f"{memory:.0f} of {peer_memory:.0f} MB"))
        if name in CONVERSATIONS[2:] and worked / same < 100:
            slow.append(f"{name}: {worked / same:.0f} times, not 100")
        if update > 20:
            slow.append(f"{name}: an update takes {update:.1f} ms, not 20")
    print(f"{machine()}; red-dwarf: median of three\n")
    table(["conversation", "red-dwarf 0.4.0", "ours, the same work", "times", "ours, with separation and stability", "times", "update of 100 votes", "memory of the process"], rows)
    print("\n" + ("; ".join(slow) or "all goals reached"))


def grown(ours):
    sizes = [12_500, 25_000, 50_000, 100_000]
    found = [measured([ours, "synthetic", str(people), "2000", str(100 * people)]) for people in sizes]
    times = [figures(said)["map_processor_ms"] / 1000 for said, _, _ in found]
    clock = [figures(said)["map_ms"] / 1000 for said, _, _ in found]
    print("\nMade conversations, 2,000 statements, 100 votes a person, with all measurements\n")
    rows = zip((f"{people:,}" for people in sizes), (f"{time:.1f} s" for time in times), growth(sizes, times), (f"{time:.1f} s" for time in clock), (f"{memory:,.0f} MB" for _, _, memory in found))
    table(["people", "processor time", "growth", "by the clock", "peak memory"], rows)
    print("\nGoal for the last, by the clock: under 10 s and 1,500 MB")


if __name__ == "__main__":
    built = example("opinion_map", "map_speed")
    beside(built, peer("opinion-map", "red-dwarf==0.4.0"))
    if "--quick" not in sys.argv:
        grown(built)
