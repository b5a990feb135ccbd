#!/usr/bin/env python3
"""Rules by row (checks a second on one core) and by column beside openfisca-core on the same population in the same run.

Installs openfisca-core and its country template in a virtual environment of its own. Seconds are those on processors, of all threads, so that a busy
machine stretches neither side; seconds of the clock stand beside them, where several cores show. `--quick` takes a tenth of the population.
"""

import json
import os
import subprocess
import sys

from shared.measure import ROOT, example as built, machine, peer as environment, table

PACKAGES = ["OpenFisca-Core==46.0.1", "OpenFisca-Country-Template==8.2.0"]
RUNS = 5
TIMES_FASTER = 10
CHECKS_PER_SECOND = 500_000
COUNTRY = os.path.join(ROOT, "engines", "rules", "tests", "country", "country.rules")
GRANT = os.path.join(ROOT, "engines", "rules", "tests", "it", "texts", "hardship.rules")

PEER = '''
import json, sys, time
import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_country_template import CountryTaxBenefitSystem
persons, runs = int(sys.argv[1]), int(sys.argv[2])
homes = persons // 3
persons = homes * 3
variables = ["age", "pension", "basic_income", "income_tax", "social_security_contribution", "household_income", "meal_price", "parenting_allowance", "total_taxes", "disposable_income"]
at, home = np.arange(persons), np.arange(homes)
year = np.where(at % 3 == 2, 2000 + (at * 31) % 18, 1930 + (at * 37) % 70)
birth = (year - 1970).astype("datetime64[Y]").astype("datetime64[M]") + (at * 7 % 12)
birth = birth.astype("datetime64[D]") + (at * 5 % 28)
salary = np.where(at % 3 == 2, 0, (at * 7919) % 1500000) / 100
returns = np.where(at % 5 == 0, (at * 104729) % 50000, 0) / 100
system = CountryTaxBenefitSystem()
def simulation():
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", at)
    household = builder.declare_entity("household", home)
    builder.join_with_persons(household, at // 3, np.where(at % 3 == 2, "child", "adult"))
    made = builder.build(system)
    made.set_input("birth", "2018-03", birth)
    made.set_input("salary", "2018-03", salary)
    made.set_input("capital_returns", "2018-03", returns)
    made.set_input("rent", "2018-03", (home * 271) % 100000 / 100)
    made.set_input("accommodation_size", "2018-01", 10 + (home * 17) % 150)
    made.set_input("housing_occupancy_status", "2018-01", (home * 11 % 4).astype("int16"))
    return made
times, clock, built, sums = [], [], [], {}
for _ in range(runs):
    begun = time.process_time()
    made = simulation()
    built.append(time.process_time() - begun)
    begun, begun_at = time.process_time(), time.perf_counter()
    for name in variables:
        sums[name] = float(made.calculate(name, "2018-03").sum(dtype="float64"))
    times.append(time.process_time() - begun)
    clock.append(time.perf_counter() - begun_at)
print(json.dumps({"seconds": sorted(times)[runs // 2], "built": sorted(built)[runs // 2], "clock": sorted(clock)[runs // 2], "sums": sums}))
'''

FAMILY = {
    "person": {"amina": {"salary": 900}, "bo": {"salary": 700.5}, "cleo": {"birth": "2015-06-30"}, "dan": {"birth": "2004-01-01"}},
    "household": {"home": {"adults": ["amina", "bo"], "children": ["cleo", "dan"], "lives_in_town": True, "lost_home": False, "receives_state_aid": False}},
}
CHECKS = [
    ("grant for a family of four: 10 facts, 3 rules, 2 exceptions", FAMILY),
    ("grant for one person", {"salary": 900, "lives_in_town": True, "lost_home": False, "receives_state_aid": False}),
    ("grant, not yet known: what to ask", {"salary": 900}),
]


def said(command, **more):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **more}).stdout)


def main():
    persons = 100_000 if "--quick" in sys.argv else 1_000_000
    binary = built("rules", "rules_bench")
    python = environment("rules", *PACKAGES)
    missed = 0
    print(machine().split(";")[0])
    rows = []
    for name, facts in CHECKS:
        found = said([binary, "rows", GRANT, "hardship_grant", "2024-05", json.dumps(facts), "100000"])
        rate = found["count"] / found["seconds"]
        missed += rate < CHECKS_PER_SECOND
        rows.append([name, found["outcome"].split("\n")[0], f"{rate:,.0f}", f"{CHECKS_PER_SECOND:,}"])
    table(["by row, one core, trace kept", "outcome", "checks/s", "goal"], rows)
    ours = said([binary, "population", COUNTRY, str(persons), str(RUNS)])
    one = said([binary, "population", COUNTRY, str(persons), str(RUNS)], RAYON_NUM_THREADS="1")
    theirs = said([python, "-c", PEER, str(persons), str(RUNS)])
    for name, sum_ in theirs["sums"].items():
        own = ours["sums"][name]
        if abs(own["sum"] - sum_) > 1e-5 * max(1, abs(sum_)) or own["by_row"]:
            sys.exit(f"{name}: ours {own}, theirs {sum_}")
    # From arrays of facts to arrays of answers: both sides first place persons and facts, then work the variables out.
    whole = lambda found: found["built"] + found["seconds"]
    # Placing takes us less than the machine's count of processor time can tell.
    ratios = [theirs["built"] / max(one["built"], 0.004), theirs["seconds"] / one["seconds"], whole(theirs) / whole(one), theirs["clock"] / ours["clock"]]
    missed += ratios[2] < TIMES_FASTER
    shown = lambda name, found: [name, *(f"{seconds * 1000:,.0f} ms" for seconds in (found["built"], found["seconds"], whole(found), found["clock"]))]
    table(
        [f"by column, {persons:,} persons × {len(theirs['sums'])} variables, median of {RUNS}", "placing, processor", "working out, processor", "both, processor", "working out, clock"],
        [
            shown("ours, 1 thread", one),
            shown(f"ours, {ours['threads']} threads", ours),
            shown("openfisca-core 46.0.1", theirs),
            [f"times faster (goal {TIMES_FASTER} for both); processor on one thread, clock on all", *(f"{ratio:.1f}" for ratio in ratios)],
        ],
    )
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
