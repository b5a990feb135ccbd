#!/usr/bin/env python3
"""Budgets: this engine beside pabutools 1.2.3 in the same run, on Łódź 2022 (90,494 voters, 160 projects), and by itself on made elections.

pabutools is installed in a virtual environment of its own; equal ballots are merged for it (its fastest way). Both sides are measured by
processor time, on this machine in this run. `--quick` leaves out pabutools' add1, which takes minutes.
"""

import json
import os
import re
import sys

from shared.measure import ROOT, RUNS, example, growth, machine, measured, median_of, peer, table

LODZ = os.path.join(ROOT, "../shared/data/pb/Poland_Lodz_2022.pb")
PEER_RUNS = 3
PEER = """
import json, sys, time
from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen
figures = {}
def timed(name, work):
    begun = time.process_time(); made = work(); figures[name] = time.process_time() - begun
    return made
instance, profile = timed("parse", lambda: parse_pabulib(sys.argv[1]))
merged = timed("merge", profile.as_multiprofile)
found = {
    "greedy": timed("greedy", lambda: greedy_utilitarian_welfare(instance, merged, sat_class=Cost_Sat)),
    "phragmen": timed("phragmen", lambda: sequential_phragmen(instance, merged)),
    "equal-shares": timed("equal-shares", lambda: method_of_equal_shares(instance, merged, sat_class=Cost_Sat)),
}
if "quick" not in sys.argv:
    found["add1-exact"] = timed("add1-exact", lambda: method_of_equal_shares(instance, merged, sat_class=Cost_Sat, voter_budget_increment=1))
print(json.dumps({"seconds": figures, "selected": {name: len(set) for name, set in found.items()}}))
"""


def figures(said):
    lines = re.findall(r"^(\S+) ([0-9.]+)(?: selected (\d+))?", said, re.MULTILINE)
    return {name: float(seconds) for name, seconds, _ in lines}, {name: int(count) for name, _, count in lines if count}


def beside(binary, quick):
    if not os.path.exists(LODZ):
        sys.exit("../shared/data/pb/Poland_Lodz_2022.pb is missing beside the repository")
    said, _, memory = measured([binary, "file", LODZ, str(RUNS)])
    own, counts = figures(said)
    selected, peer_memory = {}, 0
    python = peer("pabutools", "pabutools==1.2.3")

    def once(words):
        nonlocal peer_memory
        said, _, most = measured([python, "-c", PEER, LODZ, *words])
        peer_memory = max(peer_memory, most)
        found = json.loads(said)
        selected.update(found["selected"])
        return found["seconds"]

    other = median_of(PEER_RUNS, lambda: once(["quick"]))
    if not quick:
        other["add1-exact"] = once([])["add1-exact"]
    print(f"Łódź 2022; {machine()}; the engine: median of {RUNS}, merging of equal ballots and the whole explanation included; pabutools: median of {PEER_RUNS}, add1 once, merging apart\n")
    rows = []
    for name, goal in [("parse", 50), ("greedy", None), ("phragmen", None), ("equal-shares", 300), ("add1-exact", 200)]:
        if name not in other:
            continue
        if name in counts and counts[name] != selected[name]:
            sys.exit(f"{name}: {counts[name]} projects against {selected[name]}")
        ratio = other[name] / own[name]
        verdict = "" if goal is None else f"{goal}: {'reached' if ratio >= goal else 'MISSED'}"
        rows.append((name, f"{other[name]:.2f} s", f"{1000 * own[name]:.1f} ms", f"{ratio:,.0f}", verdict))
    good = "reached" if memory * 10 <= peer_memory else "MISSED"
    rows.append(("peak memory of the process", f"{peer_memory:,.0f} MB", f"{memory:,.0f} MB", f"{peer_memory / memory:,.0f} times less", f"a tenth: {good}"))
    table(["work", "pabutools 1.2.3", "budgeting", "times faster", "goal"], rows)


def made(binary):
    print("\nMade elections, 500 projects, 10 approvals each, seed 1: processor seconds of each rule, and of the whole process, which makes the election and runs both\n")
    sizes = (62_500, 125_000, 250_000, 500_000, 1_000_000)
    found = [measured([binary, "made", str(voters), "500", "10", "1"]) for voters in sizes]
    own = [figures(said)[0] for said, _, _ in found]
    grown = growth(sizes, [one["add1"] for one in own])
    rows = [
        (f"{voters:,}", f"{one['equal-shares']:.2f} s", f"{one['add1']:.2f} s", growth_of, f"{processor:.1f} s", f"{memory:,.0f} MB")
        for voters, one, growth_of, (_, processor, memory) in zip(sizes, own, grown, found)
    ]
    table(["voters", "Equal Shares", "add1", "growth of add1", "the whole process", "peak memory"], rows)
    good = "reached" if own[-1]["add1"] <= 10 and found[-1][2] <= 600 else "MISSED"
    print(f"\nGoal for a million voters with add1: under 10 s and 600 MB: {good}. {machine()}")


if __name__ == "__main__":
    built = example("budgeting", "budget_bench")
    beside(built, "--quick" in sys.argv)
    made(built)
