#!/usr/bin/env python3
"""Measures the opinion map beside red-dwarf 0.4.0 (PyPI, in a virtual environment of its own) in the same run.

Needs ../shared/data/polis. Conversations named on the command line are measured alone; `--quick` leaves out how work grows. Both are
measured by processor time over all threads, without reading files, in turns; medians of five.
What red-dwarf's `run_pipeline` does: matrix, two axes, places, one k-means for each of 2 to 5 groups, their silhouettes, statistics of
groups and statements, consensus. "The same work" of ours is all that, and more of it: 20 restarts for each number of groups, and what
looks coordinated. It measures neither separation (38 clouds) nor stability (20 half-samples); the whole map of ours does.
A second table has both as commands, from the files to the answer, by the clock: what a researcher waits for, Python's imports included;
ours measures separation and stability there too. As installed, red-dwarf's linear algebra keeps every core busy while it waits, which counts as work and grows with the load of the
machine; so all is measured a second time with one thread each, where a second is a second.
"""

import os
import re
import statistics
import subprocess
import sys
import time

from shared.measure import ROOT, RUNS, example, growth, machine, measured, peer, table, target

DATA = os.path.join(ROOT, "../shared/data/polis")
CONVERSATIONS = ["15-per-hour-seattle", "brexit-consensus", "vtaiwan.uberx", "american-assembly.bowling-green"]
PEER = r"""
import csv, sys, time, warnings
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
# The first run loads what it needs.
for _ in range(int(sys.argv[2])):
    worked = time.process_time()
    run_pipeline(votes=votes, mod_out_statement_ids=out)
    took = time.process_time() - worked
print(took)
"""


def figures(said):
    return {key: float(value) for key, value in re.findall(r": (\w+) ([\d.]+)", said)}


ONE_THREAD = {name: "1" for name in ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


def in_turns(ours, python, folder, threads):
    """Processor milliseconds of both, medians of five turns, and the most memory of both in MB."""
    found = []
    for _ in range(RUNS):
        said, _, memory = measured([ours, "processor", folder], threads)
        peer_said, _, peer_memory = measured([python, "-c", PEER, folder, "2"], threads)
        found.append({**figures(said), "peer_ms": 1000 * float(peer_said.split()[-1]), "memory": memory, "peer_memory": peer_memory})
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def beside(ours, python):
    rows, slow = [], []
    for name in [name for name in CONVERSATIONS if name in sys.argv] or CONVERSATIONS:
        for threads, words in ((None, "all"), (ONE_THREAD, "one")):
            found = in_turns(ours, python, os.path.join(DATA, name), threads)
            peer_ms, own, same, update = (found[key] for key in ("peer_ms", "map_processor_ms", "bare_processor_ms", "update_processor_ms"))
            rows.append((name, words, f"{peer_ms:,.0f} ms", f"{same:.1f} ms", f"{peer_ms / same:.0f}", f"{own:.1f} ms", f"{peer_ms / own:.0f}", f"{update:.1f} ms", f"{found['memory']:.0f} of {found['peer_memory']:.0f} MB"))
            print(*rows[-1], sep=" · ", flush=True)
            if name in CONVERSATIONS[2:] and peer_ms / same < 100:
                slow.append(f"{name}, {words} threads: {peer_ms / same:.0f} times, not 100")
            if update > 20:
                slow.append(f"{name}, {words} threads: an update takes {update:.1f} ms, not 20")
    print(f"\n{machine()}; medians of {RUNS} turns\n")
    table(["conversation", "threads", "red-dwarf 0.4.0", "ours, the same work", "times", "ours, with separation and stability", "times", "update of 100 votes", "memory of the process"], rows)
    print("\n" + ("; ".join(slow) or "all goals reached"))


def as_commands(python):
    subprocess.run(["cargo", "build", "--release", "--quiet", "-p", "polity"], cwd=ROOT, check=True)
    polity = os.path.join(target(), "release", "polity")
    rows = []
    for name in [name for name in CONVERSATIONS if name in sys.argv] or CONVERSATIONS:
        folder = os.path.join(DATA, name)
        took = {"ours": [], "peer": []}
        for _ in range(RUNS):
            for whose, command in (("ours", [polity, "map", folder, "--json"]), ("peer", [python, "-c", PEER, folder, "1"])):
                begun = time.monotonic()
                measured(command)
                took[whose].append(time.monotonic() - begun)
        own, other = (statistics.median(took[whose]) for whose in ("ours", "peer"))
        rows.append((name, f"{other:.2f} s", f"{1000 * own:.0f} ms", f"{other / own:.0f}"))
    print("\nAs commands, from the files to the answer, by the clock\n")
    table(["conversation", "red-dwarf 0.4.0", "polity map --json, with separation and stability", "times"], rows)


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
    red_dwarf = peer("opinion-map", "red-dwarf==0.4.0")
    beside(built, red_dwarf)
    as_commands(red_dwarf)
    if "--quick" not in sys.argv:
        grown(built)
