#!/usr/bin/env python3
"""Measures the counting of ranked ballots beside pyrankvote in the same run, and prints tables.

`scripts/bench_engines/tallying.py`; the peer is installed into a virtual environment of its own. Both sides are measured by processor time, the
median of five runs; the peer counts the smaller file only, three times, because it is slow. Both count the same random orders, and
what they elect is compared.
"""

import json
import os
import tempfile

from shared.measure import RUNS, example, growth, machine, measured, median_of, peer, table

PEER = "pyrankvote==2.0.6"
PEER_RUNS = 3
SMALL, LARGE, CANDIDATES, SEATS = 20_000, 1_000_000, 20, 5

# Runs inside the peer's environment: reads the same file, counts, and says how much processor time the counting took and who is elected.
PEER_PROGRAM = """
import json, sys, time
import pyrankvote
from pyrankvote import Ballot, Candidate
file, seats = sys.argv[1], int(sys.argv[2])
names, orders = {}, []
for line in open(file):
    if line.startswith("# ALTERNATIVE NAME"):
        number, name = line[len("# ALTERNATIVE NAME"):].split(":", 1)
        names[int(number)] = Candidate(name.strip())
    elif not line.startswith("#"):
        orders.append([int(one) for one in line.split(":")[1].split(",")])
ballots = [Ballot(ranked_candidates=[names[one] for one in order]) for order in orders]
begun = time.process_time()
result = pyrankvote.single_transferable_vote(list(names.values()), ballots, number_of_seats=seats)
took = time.process_time() - begun
print(json.dumps({"seconds": took, "elected": [winner.name for winner in result.get_winners()]}))
"""


def ours(speed, file, *more):
    """Processor seconds of each part (medians), who is elected, and the most memory in MB."""
    elected, most = "", 0

    def once():
        nonlocal elected, most
        said, _, memory = measured([speed, file, str(SEATS), *more])
        most = max(most, memory)
        parts = dict(line.split("\t", 1) for line in said.splitlines())
        elected = parts.pop("elected")
        return {name: float(seconds) for name, seconds in parts.items()}

    return median_of(RUNS, once), elected, most


def theirs(python, file):
    elected, most = [], 0

    def once():
        nonlocal elected, most
        said, _, memory = measured([python, "-c", PEER_PROGRAM, file, str(SEATS)])
        most = max(most, memory)
        found = json.loads(said)
        elected = found["elected"]
        return {"seconds": found["seconds"]}

    return median_of(PEER_RUNS, once)["seconds"], elected, most


def main():
    speed = example("tallying", "speed")
    python = peer("tallying", PEER)
    with tempfile.TemporaryDirectory() as folder:
        def made(ballots):
            file = os.path.join(folder, f"{ballots}.soc")
            if not os.path.exists(file):
                measured([speed, "make", str(ballots), str(CANDIDATES), file])
            return file

        small, elected, memory = ours(speed, made(SMALL))
        seconds, peer_elected, peer_memory = theirs(python, made(SMALL))
        same = "the same" if sorted(elected.split(", ")) == sorted(peer_elected) else "OTHERS"
        print(f"{machine()}; medians of {RUNS}, the peer's of {PEER_RUNS}\n")
        table(
            [f"STV, {SMALL:,} ballots, {CANDIDATES} candidates, {SEATS} seats", "counting", "times as fast", "elected", "memory of the process"],
            [(PEER, f"{seconds:.2f} s", "", "", f"{peer_memory:.0f} MB"), ("tallying", f"{small['stv'] * 1000:.1f} ms", f"{seconds / small['stv']:,.0f}", same, f"{memory:.0f} MB")],
        )
        sizes = [LARGE // 8, LARGE // 4, LARGE // 2, LARGE]
        found = [ours(speed, made(ballots), *(["all"] if ballots == LARGE else [])) for ballots in sizes]
        times = [parts["stv"] for parts, _, _ in found]
        print()
        table(
            ["ballots", "reading (PrefLib)", "STV, 5 seats", "growth", "memory of the process"],
            [(f"{size:,}", f"{parts['read']:.2f} s", f"{parts['stv']:.2f} s", grown, f"{memory:.0f} MB") for size, (parts, _, memory), grown in zip(sizes, found, growth(sizes, times))],
        )
        large = found[-1][0]
        print()
        table([f"{LARGE:,} ballots", "processor time"], [(what, f"{large[what]:.2f} s") for what in ("stv", "stv exact", "stv scottish", "stv meek", "irv", "pairwise", "schulze")])
        print(f"\nGoal for a million ballots, STV, 5 seats: under 2 s: {'reached' if large['stv'] < 2 else 'MISSED'}")


main()
