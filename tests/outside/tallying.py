"""Schulze's method, the single transferable vote and majority judgment on random profiles, against Belenios."""

import json
import os
import random
import subprocess

from town import Checks

check = Checks("tallying against Belenios")
PROFILES = os.environ["POLITY_PROFILES"]
COUNT = 200


def belenios(method, ballots, *options):
    command = ["belenios-tool", "method", method, *options]
    return json.loads(subprocess.run(command, input=json.dumps(ballots), capture_output=True, text=True, check=True).stdout)


def ours(asked):
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    said = subprocess.run([PROFILES], input=lines, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in said.splitlines()]


def groups(ranking):
    return [sorted(group) for group in ranking]


def partial_order(chance, size):
    """An order of some candidates: for each its rank, or 0; never nobody."""
    ranked = chance.sample(range(size), chance.randint(1, size))
    ballot = [0] * size
    for rank, at in enumerate(ranked, 1):
        ballot[at] = rank
    return ballot


chance = random.Random(1838)

asked = []
for _ in range(COUNT):
    size = chance.randint(2, 8)
    asked.append({"method": "schulze", "ballots": [[chance.randint(0, size) for _ in range(size)] for _ in range(chance.randint(1, 40))]})
wrong, cycles = [], 0
for one, found in zip(asked, ours(asked), strict=True):
    wanted = belenios("schulze", one["ballots"], "--blank-allowed=false", f"--nchoices={len(one['ballots'][0])}")
    # A path from a candidate to itself says nothing; Belenios fills it in.
    for at in range(len(wanted["beatpaths"])):
        wanted["beatpaths"][at][at] = [0, 0]
    agree = groups(found["winners"]) == groups(wanted["winners"]) and found["beatpaths"] == wanted["beatpaths"]
    # A path in both directions means a circle.
    cycles += any(mine != [0, 0] and back != [0, 0] for i, row in enumerate(found["beatpaths"]) for j, mine in enumerate(row) for back in [found["beatpaths"][j][i]])
    if not agree:
        wrong.append((one, found, wanted))
check.holds(f"Schulze, {COUNT} profiles, rankings and strongest paths", not wrong, f"{len(wrong)}: {wrong[:1]}")
check.holds("some of them with circles", cycles > COUNT // 10, str(cycles))

asked = []
for _ in range(COUNT):
    size = chance.randint(2, 8)
    ballots = [partial_order(chance, size) for _ in range(chance.randint(1, 60))]
    asked.append({"method": "stv", "seats": chance.randint(1, min(size, 4)), "ballots": ballots})
wrong, skipped = [], 0
for one, found in zip(asked, ours(asked), strict=True):
    wanted = belenios("stv", one["ballots"], f"--nseats={one['seats']}")
    if sorted(found["winners"]) != sorted(wanted["winners"]):
        # Belenios counts in floats, which cannot tell whether fractions of votes are tied.
        if found["fractions_tied"]:
            skipped += 1
        else:
            wrong.append((one, found, wanted))
check.holds(f"STV, {COUNT} profiles, winners ({skipped} differ by a tie of fractions that floats cannot see)", not wrong, f"{len(wrong)}: {wrong[:1]}")
check.holds("few differ by such a tie", skipped <= COUNT // 20, str(skipped))

asked = []
for _ in range(COUNT):
    size, grades = chance.randint(2, 6), chance.randint(2, 6)
    ballots = [[chance.randint(1, grades) for _ in range(size)] for _ in range(chance.randint(1, 12))]
    asked.append({"method": "majority-judgment", "grades": grades, "ballots": ballots})
wrong, ties = [], 0
for one, found in zip(asked, ours(asked), strict=True):
    options = ("--blank-allowed=false", f"--nchoices={len(one['ballots'][0])}", f"--ngrades={one['grades']}")
    wanted = belenios("majority-judgment", one["ballots"], *options)
    ties += any(len(group) > 1 for group in found["winners"])
    if groups(found["winners"]) != groups(wanted["winners"]):
        wrong.append((one, found, wanted))
check.holds(f"majority judgment, {COUNT} profiles, rankings", not wrong, f"{len(wrong)}: {wrong[:1]}")
check.holds("some of them with equal grades", ties > 0, str(ties))
check.finish()
