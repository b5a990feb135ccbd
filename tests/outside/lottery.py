"""Lotteries checked by scipy's HiGHS and by listing all panels, which share no code with ours."""

import csv
import hashlib
import itertools
import json
import os
import random
import subprocess
import tempfile

import numpy
from scipy.optimize import LinearConstraint, linprog, milp
from town import Checks

check = Checks("lottery")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAME = 1e-6


def built():
    """The workbench alone, unless the program is named by POLITY_WORKBENCH."""
    if "POLITY_WORKBENCH" in os.environ:
        return os.environ["POLITY_WORKBENCH"]
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "workbench", "--example", "workbench"], cwd=ROOT, check=True)
    said = subprocess.run(["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=ROOT, capture_output=True, text=True, check=True)
    return os.path.join(json.loads(said.stdout)["target_directory"], "release", "examples", "workbench")


BINARY = built()
FOLDER = tempfile.mkdtemp(prefix="polity-lottery-")


class Pool:
    """Volunteers, quotas and seats, with the files that say so."""

    def __init__(self, name, seats, quotas, rows, homes=None):
        self.name, self.seats, self.quotas, self.rows, self.homes = name, seats, quotas, rows, homes
        self.pool, self.quota_file, self.published = (os.path.join(FOLDER, f"{name}{end}") for end in (".csv", ".quotas.csv", ".panels.csv"))
        with open(self.pool, "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["id", *(f"c{at}" for at in range(len(quotas))), *(["home"] if homes else [])])
            for number, row in enumerate(rows):
                table.writerow([f"p{number}", *(f"f{value}" for value in row), *([homes[number]] if homes else [])])
        with open(self.quota_file, "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["category", "feature", "min", "max"])
            for at, features in enumerate(quotas):
                table.writerows([f"c{at}", f"f{value}", low, high] for value, (low, high) in enumerate(features))

    def ask(self, *more):
        command = [BINARY, "lottery", self.pool, "--quotas", self.quota_file, "--size", str(self.seats), "--publish", self.published, "--json", *more]
        if self.homes:
            command += ["--address", "home"]
        return subprocess.run(command, capture_output=True, text=True)

    def missed(self, panel):
        counts = [[0] * len(features) for features in self.quotas]
        for person in panel:
            for at, value in enumerate(self.rows[person]):
                counts[at][value] += 1
        return sum(max(0, low - count, count - high) for features, own in zip(self.quotas, counts, strict=True) for (low, high), count in zip(features, own, strict=True))

    def apart(self, panel):
        homes = [self.homes[person] for person in panel if self.homes and self.homes[person]]
        return len(set(homes)) == len(homes)

    def panels(self):
        return [panel for panel in itertools.combinations(range(len(self.rows)), self.seats) if self.apart(panel)]

    def constraints(self):
        """Rows over people: seats, quotas and addresses, with lower and upper bounds."""
        rows, low, high = [numpy.ones(len(self.rows))], [self.seats], [self.seats]
        for at, features in enumerate(self.quotas):
            for value, (least, most) in enumerate(features):
                rows.append(numpy.array([float(row[at] == value) for row in self.rows]))
                low.append(least)
                high.append(most)
        for home in sorted({home for home in self.homes or [] if home}):
            rows.append(numpy.array([float(other == home) for other in self.homes]))
            low.append(0)
            high.append(1)
        return numpy.array(rows), numpy.array(low), numpy.array(high)


def tiny(seed):
    chance = random.Random(seed)
    people, seats, categories = chance.randint(6, 11), chance.randint(2, 4), chance.randint(1, 3)
    quotas = []
    for _ in range(categories):
        ends = [sorted((chance.randint(0, seats), chance.randint(0, seats))) for _ in range(chance.randint(2, 3))]
        quotas.append([tuple(end) if chance.random() < 0.4 else (min(end[0], 1), seats) for end in ends])
    rows = [[chance.randrange(len(features)) for features in quotas] for _ in range(people)]
    homes = [chance.choice(["", "", "a", "b", "c"]) for _ in range(people)] if seed % 2 else None
    return Pool(f"tiny{seed}", seats, quotas, rows, homes)


def most(matrix, floors, cost_of):
    """The greatest value when everybody has at least their floor, over lotteries on the panels of the matrix (people × panels)."""
    people, panels = matrix.shape
    level, wanted = cost_of
    cost = numpy.zeros(panels + 1)
    if wanted is None:
        cost[-1] = -1
    else:
        cost[:panels] = -matrix[wanted]
    upper = numpy.hstack([-matrix, numpy.array(level, dtype=float).reshape(-1, 1)])
    found = linprog(cost, A_ub=upper, b_ub=-numpy.array(floors) + 1e-10, A_eq=[[1.0] * panels + [0.0]], b_eq=[1.0], bounds=[(0, None)] * panels + [(0, 1)], method="highs")
    assert found.success, found.message
    return -found.fun


def leximin(matrix):
    """By definition: raise all open people together, hold those whom nothing could raise further."""
    people = matrix.shape[0]
    floors, opened = [0.0] * people, [True] * people
    while any(opened):
        level = most(matrix, [0.0 if is_open else floor for floor, is_open in zip(floors, opened, strict=True)], (opened, None))
        floors = [level if is_open else floor for floor, is_open in zip(floors, opened, strict=True)]
        held = [person for person in range(people) if opened[person] and most(matrix, floors, ([False] * people, person)) <= level + 1e-7]
        assert held
        for person in held:
            opened[person] = False
    return floors


def published(pool, outcome):
    """The file of panels is what was committed to, every panel meets the quotas, and the chances are those of the panels."""
    with open(pool.published, "rb") as file:
        text = file.read()
    check.equal(f"{pool.name}: SHA-256 of the published panels", hashlib.sha256(text).hexdigest(), outcome["commitment"])
    panels = {}
    for row in csv.DictReader(text.decode().splitlines()):
        panels.setdefault(int(row["panel"]), []).append(int(row["volunteer"][1:]))
    check.equal(f"{pool.name}: panels", sorted(panels), list(range(outcome["panels"])))
    bad = [panel for panel in panels.values() if len(set(panel)) != pool.seats or pool.missed(panel) or not pool.apart(panel)]
    check.holds(f"{pool.name}: every panel meets the quotas", not bad, str(bad[:1]))
    counts = [0] * len(pool.rows)
    for panel in panels.values():
        for person in panel:
            counts[person] += 1
    check.equal(f"{pool.name}: chances", [row["panels"] for row in outcome["probabilities"]], counts)
    return panels


def number_of(seed, commitment, panels):
    """The draw as the README tells it."""
    counter = 0
    while True:
        words = [word.encode() for word in ("polity lottery 1", commitment, seed, str(counter))]
        hashed = hashlib.sha256(b"".join(len(word).to_bytes(8, "big") + word for word in words)).digest()
        number = int.from_bytes(hashed[:8], "big")
        if number < 2**64 - 1 - (2**64 - 1) % panels:
            return number % panels
        counter += 1


def listed(pool):
    """A pool small enough to list its panels."""
    everyone = pool.panels()
    valid = [panel for panel in everyone if pool.missed(panel) == 0]
    said = pool.ask("--seed", "4711")
    if not valid:
        refused = said.returncode != 0
        if everyone:
            least = min(pool.missed(panel) for panel in everyone)
            seats = f"({least} seat{'' if least == 1 else 's'} in all)"
            check.holds(f"{pool.name}: refused with the smallest change {seats}", refused and f"The smallest change that helps {seats}" in said.stderr, said.stderr)
        else:
            check.holds(f"{pool.name}: refused", refused and "seats are to be filled" in said.stderr, said.stderr)
        return False
    outcome = json.loads(said.stdout)
    matrix = numpy.array([[float(person in panel) for panel in valid] for person in range(len(pool.rows))])
    wanted = leximin(matrix)
    found = [row["ideal"] for row in outcome["probabilities"]]
    check.holds(f"{pool.name}: leximin", outcome["smallest"]["proved"] and max(abs(numpy.array(wanted) - found)) < SAME, f"{wanted} {found}")
    panels = published(pool, outcome)
    number = number_of("4711", outcome["commitment"], 1000)
    check.equal(f"{pool.name}: the draw by hand", outcome["drawn"]["number"], number)
    check.equal(f"{pool.name}: who was drawn", outcome["selected"], [f"p{person}" for person in panels[number]])
    return True


def larger(seed, people, seats, features):
    """A pool of a real size: HiGHS bounds the smallest chance from above over divided panels, and no panel is missed by a whole seat."""
    chance = random.Random(seed)
    population = [[0.3 + chance.random() for _ in range(count)] for count in features]
    keen = [[2 ** (2 * chance.random() - 1) for _ in range(count)] for count in features]
    near = [[share / sum(shares) * seats for share in shares] for shares in population]
    quotas = [[(max(0, int(share - 0.5)), int(share + 1.5)) for share in shares] for shares in near]
    rows = [[chance.choices(range(len(shares)), [a * b for a, b in zip(shares, will, strict=True)])[0] for shares, will in zip(population, keen, strict=True)] for _ in range(people)]
    homes = ["" if chance.random() < 0.8 else str(chance.randrange(people // 8)) for _ in range(people)] if seed % 2 else None
    pool = Pool(f"town{seed}", seats, quotas, rows, homes)
    said = pool.ask("--seed", "dice:1-2-3-4")
    if not check.holds(f"{pool.name}: drawn", said.returncode == 0, said.stderr):
        return
    outcome = json.loads(said.stdout)
    matrix, low, high = pool.constraints()
    width = len(rows)
    upper = numpy.vstack([numpy.hstack([matrix, numpy.zeros((len(low), 1))]), numpy.hstack([-matrix, numpy.zeros((len(low), 1))]), numpy.hstack([-numpy.eye(width), numpy.ones((width, 1))])])
    found = linprog([0.0] * width + [-1.0], A_ub=upper, b_ub=numpy.concatenate([high, -low, numpy.zeros(width)]), bounds=[(0, 1)] * (width + 1), method="highs")
    smallest = outcome["smallest"]
    check.holds(f"{pool.name}: no lottery gives everyone more", smallest["proved"] and abs(smallest["ideal"] + found.fun) < SAME, f"{smallest} {-found.fun}")
    panels = published(pool, outcome)
    check.holds(f"{pool.name}: rounding costs at most one panel of a thousand", smallest["panels"] / 1000 >= smallest["ideal"] - 0.001 - SAME, str(smallest))
    check.equal(f"{pool.name}: dice 1-2-3-4 are panel 51", (outcome["drawn"]["number"], outcome["selected"]), (51, [f"p{person}" for person in panels[51]]))
    weights = numpy.array([-chance.random() for _ in rows])
    best = milp(weights, constraints=LinearConstraint(matrix, low, high), integrality=numpy.ones(width), bounds=(0, 1))
    check.holds(f"{pool.name}: HiGHS finds a panel, too", best.success)


def examples():
    """Both complete instances of the paper, unmodified."""
    for name, seats in (("example_small_20", 20), ("example_large_200", 200)):
        source = os.path.join(ROOT, "..", "shared", "data", "sortition")
        with open(os.path.join(source, "reference_output", f"{name}_statistics.txt"), encoding="utf-8") as file:
            wanted = next(float(line.split("\t")[1].strip().rstrip("%")) for line in file if line.startswith("LEXIMIN minimum probability"))
        folder = os.path.join(source, "data", name)
        said = subprocess.run([BINARY, "lottery", os.path.join(folder, "respondents.csv"), "--quotas", os.path.join(folder, "categories.csv"), "--size", str(seats), "--seed", "digits:417", "--json"], capture_output=True, text=True, check=True)
        outcome = json.loads(said.stdout)
        check.holds(f"{name}: {wanted}%", abs(100 * outcome["smallest"]["ideal"] - wanted) < SAME and outcome["smallest"]["proved"])
        check.holds(f"{name}: exactly so for everyone", all(1000 * wanted == 100 * row["panels"] for row in outcome["probabilities"]))
        check.equal(f"{name}: digits are the number", (outcome["drawn"]["number"], len(outcome["selected"])), (417, seats))


def promises():
    """What was published beforehand must be what is drawn from, and seats that fall free are filled within the quotas."""
    pool = tiny(4)
    seed = "the words in the envelope"
    outcome = json.loads(pool.ask("--seed", seed).stdout)
    check.equal("the same again, by its commitment", json.loads(pool.ask("--seed", seed, "--commitment", outcome["commitment"]).stdout), outcome)
    check.holds("another commitment is refused", pool.ask("--seed", seed, "--commitment", "0" * 64).returncode != 0)
    sealed = hashlib.sha256(seed.encode()).hexdigest()
    check.equal("a seed from an envelope", pool.ask("--seed", seed, "--seed-commitment", sealed).returncode, 0)
    check.holds("another seed is refused", pool.ask("--seed", "mine", "--seed-commitment", sealed).returncode != 0)
    check.equal("prepared only", json.loads(pool.ask().stdout)["selected"], None)
    declined = outcome["selected"][0]
    again = json.loads(pool.ask("--seed", seed, "--declined", declined, "--replacement-seed", "second").stdout)
    filled = [person for person in again["selected"] if person != declined] + again["replacement"]["selected"]
    people = [int(person[1:]) for person in filled]
    check.holds("the filled panel meets the quotas", pool.missed(people) == 0 and len(set(people)) == pool.seats and declined not in filled, str(filled))
    check.holds("a stranger cannot decline", "has the id" in pool.ask("--seed", seed, "--declined", "nobody").stderr)
    for text, wanted in (("id,c0\n1,f9\n", "line 2, column 2 (c0)"), ("id\n1\n", "line 1, column 1"), ("", "the table is empty")):
        with open(pool.pool, "w", encoding="utf-8") as file:
            file.write(text)
        check.holds(f"a bad table is refused: {wanted}", wanted in pool.ask().stderr, pool.ask().stderr)
    with open(pool.pool, "wb") as file:
        file.write(b"id,c0\n1,\xff\n")
    check.holds("bytes that are no text have a line", "line 2 is not UTF-8" in pool.ask().stderr, pool.ask().stderr)


drawn = sum(listed(tiny(seed)) for seed in range(60))
check.holds("some pools can be drawn from and some cannot", 15 < drawn < 55, str(drawn))
for seed, people, seats, features in ((1, 200, 20, [2, 4, 3, 4]), (2, 300, 30, [2, 5, 4, 4]), (3, 500, 40, [2, 6, 4, 5, 3])):
    larger(seed, people, seats, features)
promises()
examples()
check.finish()
