#!/usr/bin/env python3
"""Lotteries beside those of the Python package sortition-algorithms (maximin with HiGHS), on the same tables in the same run.

Installs the package in a virtual environment of its own. `--quick` leaves out pools for which the peer needs minutes.
A peer that does not end within PEER_SECONDS_MAX is stopped, and its row says so.
"""

import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile

from shared.measure import ROOT, RUNS, example as built, growth, machine, measured, peer as environment, table

PACKAGES = ["sortition-algorithms==0.12.15", "highspy==1.16.0"]
PEER_SECONDS_MAX = int(os.environ.get("PEER_SECONDS_MAX", "600"))
TIMES_FASTER = 20
GROWTH_SEATS, GROWTH_FEATURES = 30, [2, 4, 3, 4, 3]

PEER = '''
import csv, sys, time
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings
from sortition_algorithms.committee_generation.maximin import find_distribution_maximin
quotas, pool, seats = sys.argv[1:]
with open(quotas) as file:
    rows = [{"feature": row["category"], "value": row["feature"], "min": row["min"], "max": row["max"]} for row in csv.DictReader(file)]
features, _, _ = read_in_features(list(rows[0]), rows)
with open(pool) as file: people_rows = list(csv.DictReader(file))
people, _ = read_in_people(list(people_rows[0]), people_rows, features, Settings(id_column="id", columns_to_keep=[]))
begun = time.process_time()
panels, chances, _ = find_distribution_maximin(features, people, int(seats), [], "highspy")
took = time.process_time() - begun
chance = dict.fromkeys(people, 0.0)
for panel, share in zip(panels, chances):
    for person in panel: chance[person] += share
print(took, min(chance.values()))
'''


def example(folder, name):
    """An instance of the paper, with ids, which the peer asks for."""
    source = os.path.join(ROOT, "..", "shared", "data", "sortition", "data", name)
    with open(os.path.join(source, "respondents.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with open(os.path.join(source, "categories.csv"), encoding="utf-8") as file:
        quotas = list(csv.DictReader(file))
    return write(folder, name, rows, quotas)


def town(folder, people, seats, features, seed):
    """Volunteers unlike the population, with quotas of the population's shares, give or take a seat."""
    chance = random.Random(seed)
    population = [[0.3 + chance.random() for _ in range(count)] for count in features]
    keen = [[math.exp(1.2 * (2 * chance.random() - 1)) for _ in range(count)] for count in features]
    quotas = []
    for at, shares in enumerate(population):
        for value, share in enumerate(shares):
            wanted = share / sum(shares) * seats
            quotas.append({"category": f"c{at}", "feature": f"f{value}", "min": max(0, math.floor(wanted - 0.5)), "max": math.ceil(wanted + 0.5)})
    rows = []
    for _ in range(people):
        picked = [chance.choices(range(len(shares)), [share * will for share, will in zip(shares, will_of, strict=True)])[0] for shares, will_of in zip(population, keen, strict=True)]
        rows.append({f"c{at}": f"f{value}" for at, value in enumerate(picked)})
    return write(folder, f"town_{people}_{len(features)}", rows, quotas)


def write(folder, name, rows, quotas):
    pool, quota_file = os.path.join(folder, f"{name}.csv"), os.path.join(folder, f"{name}.quotas.csv")
    with open(pool, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["id", *rows[0]])
        table.writeheader()
        table.writerows({"id": number + 1, **row} for number, row in enumerate(rows))
    with open(quota_file, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, quotas[0].keys())
        table.writeheader()
        table.writerows(quotas)
    return pool, quota_file


def ours(binary, pool, quotas, seats, fairness):
    """Processor seconds (median) of the whole command, tables read and answer written; its most memory in MB, and the answer."""
    command = [binary, "lottery", pool, "--quotas", quotas, "--size", str(seats), "--fairness", fairness, "--json"]
    found = [measured(command) for _ in range(RUNS)]
    return sorted(seconds for _, seconds, _ in found)[RUNS // 2], max(memory for _, _, memory in found), json.loads(found[0][0])


def peer(command, pool, quotas, seats):
    """Processor seconds of the search alone, the smallest chance, and words instead of both where it did not end well."""
    try:
        said = subprocess.run([*command, quotas, pool, str(seats)], capture_output=True, text=True, timeout=PEER_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        return PEER_SECONDS_MAX, None, f"over {PEER_SECONDS_MAX} s"
    if said.returncode:
        print(said.stderr[-500:], file=sys.stderr)
        return None, None, f"failed ({said.returncode})"
    took, smallest = said.stdout.split()[-2:]
    return float(took), float(smallest), f"{float(took):,.1f} s"


def grown(binary, folder):
    """How our work grows with the pool, for one panel: three towns of each size, the median of their processor times."""
    sizes = [200, 500, 1_000, 2_000, 5_000]
    rows, times = [], []
    for people in sizes:
        found = []
        for seed in range(1, 4):
            pool, quotas = town(folder, people, GROWTH_SEATS, GROWTH_FEATURES, seed)
            command = [binary, "lottery", pool, "--quotas", quotas, "--size", str(GROWTH_SEATS), "--json"]
            said, seconds, memory = measured(command)
            found.append((seconds, memory, json.loads(said)["smallest"]["proved"]))
        times.append(sorted(seconds for seconds, _, _ in found)[1])
        rows.append((f"{people:,}", f"{1000 * times[-1]:,.0f} ms", f"{max(memory for _, memory, _ in found):.0f} MB", f"{sum(proved for _, _, proved in found)} of {len(found)}"))
    print(f"\nTowns of {len(GROWTH_FEATURES)} categories, {GROWTH_SEATS} seats, leximin; median of three towns of each size\n")
    table(["volunteers", "processor time", "memory", "proved", "growth"], [(*row, words) for row, words in zip(rows, growth(sizes, times))])


def main():
    quick = "--quick" in sys.argv
    binary = built("workbench", "workbench")
    lines = []
    missed = 0
    with tempfile.TemporaryDirectory(prefix="polity-bench-lottery-") as folder:
        command = [environment("lottery", *PACKAGES), "-c", PEER]
        pools = [
            ("example_small_20", 20, example(folder, "example_small_20")),
            ("200 people, 4 categories", 20, town(folder, 200, 20, [2, 4, 3, 4], 1)),
        ]
        if not quick:
            pools += [
                ("example_large_200", 200, example(folder, "example_large_200")),
                ("500 people, 6 categories", 40, town(folder, 500, 40, [2, 6, 4, 5, 3, 3], 1)),
                ("1,700 people, 7 categories", 110, town(folder, 1700, 110, [2, 6, 4, 5, 3, 3, 4], 1)),
                ("5,000 people, 6 categories", 150, town(folder, 5000, 150, [2, 6, 4, 5, 3, 3], 2)),
            ]
        for name, seats, (pool, quotas) in pools:
            leximin_s, memory, outcome = ours(binary, pool, quotas, seats, "leximin")
            maximin_s, _, _ = ours(binary, pool, quotas, seats, "maximin")
            theirs_s, theirs, words = peer(command, pool, quotas, seats)
            smallest = outcome["smallest"]
            times = theirs_s and theirs_s / leximin_s
            same = theirs is None or abs(theirs - smallest["ideal"]) < 1e-4
            reached = bool(times) and times >= TIMES_FASTER and same and smallest["proved"]
            missed += not reached
            faster = f"{'over ' if theirs is None else ''}{times:,.0f}" if times else "unknown"
            proof = "" if smallest["proved"] else " (not proved)"
            lines.append((
                name, outcome["volunteers"], seats, f"{1000 * leximin_s:,.0f} ms", f"{1000 * maximin_s:,.0f} ms", f"{memory:.0f} MB", words, faster,
                f"{100 * smallest['ideal']:.4f}%{proof}", f"{100 * theirs:.4f}%" if theirs is not None else "", "yes" if reached else "NO",
            ))
            print(*lines[-1], sep=" · ", flush=True)
        grown(binary, folder)
    print(f"\n{machine()}; ours: whole command, median of {RUNS}; peer: sortition-algorithms 0.12.15, maximin, highspy, search alone, once\n")
    table(["pool", "people", "seats", "leximin, ours", "maximin, ours", "memory", "maximin, peer", "times faster (leximin)", "smallest chance, ours", "peer", "goal of 20"], lines)
    sys.exit(1 if missed else 0)


main()
