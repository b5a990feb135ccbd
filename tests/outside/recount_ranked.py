"""Ranked elections counted twice more: by web/src/recount/ranked.ts under Node, and, for random contests, by the engine.

The ballots of the known elections are read here, by Python's own zip and XML, so nothing is shared with the engine's readers either.
"""

import collections
import csv
import fractions
import json
import os
import random
import re
import subprocess
import tempfile
import xml.etree.ElementTree as tree
import zipfile

from town import Checks

check = Checks("recount of ranked ballots")
HERE = os.path.dirname(os.path.abspath(__file__))
WEB = os.path.join(HERE, "../../web")
DATA = os.path.join(HERE, "../../../shared/data/rcv")
WORKBENCH = os.environ["POLITY_WORKBENCH"]
OVERVOTE, UNDECLARED = "\0overvote", "Undeclared Write-ins"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RANDOM_CONTESTS = 150


def rows_of(path):
    """The rows of the first sheet that have a cell, each as a dictionary from column, from 1, to text."""
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            strings = tree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(part.text or "" for part in one.iter(f"{SHEET}t")) for one in strings.iter(f"{SHEET}si")]
        sheet = tree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    for row in sheet.iter(f"{SHEET}row"):
        cells = {}
        for cell in row.iter(f"{SHEET}c"):
            letters = re.match("[A-Z]+", cell.get("r"))[0]
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            value = cell.find(f"{SHEET}v")
            text = shared[int(value.text)] if cell.get("t") == "s" and value is not None else (value.text if value is not None else "".join(part.text or "" for part in cell.iter(f"{SHEET}t")))
            if text:
                cells[column] = text
        if cells:
            yield int(row.get("r")), cells


def ballots_of(config, source, folder):
    path = os.path.join(folder, source["filePath"])
    names = {alias: one["name"] for one in config["candidates"] for alias in [one["name"], *one.get("aliases", [])]}
    if source["provider"] == "cdf":
        yield from cdf_ballots(json.load(open(path, encoding="utf-8")), source, names)
        return
    limit = config["rules"]["maxRankingsAllowed"]
    first = int(source["firstVoteColumnIndex"])
    for number, cells in rows_of(path):
        if number < int(source["firstVoteRowIndex"]):
            continue
        ballot = []
        for column in sorted(cells):
            rank = column - first + 1
            if rank < 1 or (limit != "max" and rank > int(limit)):
                continue
            delimiter = source.get("overvoteDelimiter")
            marked = []
            for said in cells[column].split(delimiter) if delimiter else [cells[column]]:
                said = said.strip()
                if said in ("", source["skippedRankLabel"]):
                    continue
                marked.append(OVERVOTE if said == source["overvoteLabel"] else UNDECLARED if said == source["undeclaredWriteInLabel"] else names[said])
            if marked:
                ballot.append({"rank": rank, "names": marked})
        yield ballot


def cdf_ballots(report, source, names):
    election = report["Election"][0]
    people = {one["@id"]: one["Name"] for one in election["Candidate"]}
    contest = next(one for one in election["Contest"] if one["Name"] == source["contestId"])
    chosen = {one["@id"]: people[one["CandidateIds"][0]] for one in contest["ContestSelection"]}
    for record in report["CVR"]:
        snapshot = next(one for one in record["CVRSnapshot"] if one["@id"] == record["CurrentSnapshotId"])
        marks = collections.defaultdict(list)
        for one in snapshot["CVRContest"][0].get("CVRContestSelection", []):
            for position in one["SelectionPosition"]:
                if position.get("HasIndication") != "no" and position.get("IsAllocable") != "no":
                    name = chosen[one["ContestSelectionId"]]
                    marks[position["Rank"]].append(OVERVOTE if source["overvoteLabel"] and name == source["overvoteLabel"] else names[name])
        yield [{"rank": rank, "names": marks[rank]} for rank in sorted(marks)]


def ties_of(rules, candidates):
    lot = {"kind": "lot", "seed": str(rules.get("randomSeed", ""))}
    return {
        "random": lot,
        "previousRoundCountsThenRandom": {"kind": "earlier", "then": lot},
        "previousRoundCountsThenAsk": {"kind": "earlier", "then": {"kind": "refuse"}},
        "stopCountingAndAsk": {"kind": "refuse"},
        "useCandidateOrder": {"kind": "order", "names": [one["name"] for one in candidates]},
    }[rules["tiebreakMode"]]


def contest_of(config):
    rules = config["rules"]
    number = lambda key, otherwise: int(rules.get(key) or otherwise)
    return {
        "candidates": [{"name": one["name"], "excluded": bool(one.get("excluded"))} for one in config["candidates"]],
        "undeclared": any(source.get("undeclaredWriteInLabel") for source in config["cvrFileSources"]),
        "seats": number("numberOfWinners", 1),
        "mode": {"multiWinnerAllowOnlyOneWinnerPerRound": "onePerRound", "bottomsUp": "bottomsUp"}.get(rules["winnerElectionMode"], "all"),
        "overvotes": {"alwaysSkipToNextRank": "skip", "exhaustImmediately": "exhaust", "exhaustIfMultipleContinuing": "exhaustIfSeveral"}[rules["overvoteRule"]],
        "skippedRanks": None if rules["maxSkippedRanksAllowed"] == "unlimited" else int(rules["maxSkippedRanksAllowed"]),
        "exhaustOnDuplicate": rules["exhaustOnDuplicateCandidate"],
        "hare": rules["hareQuota"],
        "decimalQuota": rules["nonIntegerWinningThreshold"],
        "decimals": number("decimalPlacesForVoteArithmetic", 4),
        "batch": rules["batchElimination"],
        "untilTwo": rules.get("continueUntilTwoCandidatesRemain", False),
        "firstRoundQuota": rules.get("doesFirstRoundDetermineThreshold", False),
        "minimumVotes": number("minimumVoteThreshold", 0),
        "lastRound": int(rules["stopTabulationEarlyAfterRound"]) if rules.get("stopTabulationEarlyAfterRound") else None,
        "ties": ties_of(rules, config["candidates"]),
    }


def exact(numbers):
    return {name: fractions.Fraction(number) for name, number in numbers.items()}


def of_report(round_of_report, with_final):
    """A round of a report, as RCTab and the engine lay it out, in a form that compares."""
    inactive = round_of_report["inactiveBallots"]
    decided = {}
    for one in round_of_report["tallyResults"]:
        kind = "elected" if "elected" in one else "eliminated"
        decided[kind, one[kind]] = exact(one["transfers"])
    final = fractions.Fraction(inactive["finalRoundSurplus"]) if with_final and "finalRoundSurplus" in inactive else None
    reasons = [fractions.Fraction(inactive[key]) for key in ("exhaustedChoices", "overvotes", "skippedRankings", "repeatedRankings")]
    return exact(round_of_report["tally"]), fractions.Fraction(round_of_report["threshold"]), reasons, final, decided


def of_recount(round_of_recount, with_final):
    inactive = round_of_recount["inactive"]
    decided = {}
    for one in round_of_recount["decided"]:
        kind = "elected" if "elected" in one else "eliminated"
        decided[kind, one[kind]] = exact(one["transfers"])
    final = fractions.Fraction(inactive["finalSurplus"]) if with_final else None
    reasons = [fractions.Fraction(inactive[key]) for key in ("exhausted", "overvotes", "skipped", "repeated")]
    return exact(round_of_recount["tally"]), fractions.Fraction(round_of_recount["threshold"]), reasons, final, decided


def same(recounted, report):
    """Whether all rounds are the same; otherwise the first that differs."""
    if len(recounted) != len(report):
        return f"{len(recounted)} rounds, {len(report)} expected"
    for number, (ours, theirs) in enumerate(zip(recounted, report), 1):
        with_final = "finalRoundSurplus" in theirs["inactiveBallots"]
        found, wanted = of_recount(ours, with_final), of_report(theirs, with_final)
        if found != wanted:
            return f"round {number}: {found} for {wanted}"
    return ""


def recount(asked):
    if not os.path.isdir(os.path.join(WEB, "node_modules/esbuild")):
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=WEB, check=True)
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    said = subprocess.run(["node", os.path.join(HERE, "recount_ranked.mjs")], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in said.stdout.splitlines()]


def known():
    asked, reports, names = [], [], []
    for name in sorted(os.listdir(DATA)):
        folder = os.path.join(DATA, name)
        report = os.path.join(folder, f"{name}_expected_detailed_report.json")
        if os.path.exists(report):
            config = json.load(open(os.path.join(folder, f"{name}_config.json"), encoding="utf-8"))
            ballots = [ballot for source in config["cvrFileSources"] for ballot in ballots_of(config, source, folder)]
            asked.append({"contest": contest_of(config), "ballots": ballots})
            reports.append(json.load(open(report, encoding="utf-8"))["results"])
            names.append(name)
    for name, found, report in zip(names, recount(asked), reports, strict=True):
        differs = same(found["rounds"], report)
        check.holds(f"{name}, round by round", not differs, differs)
    check.equal("all known elections", len(names), 22)


def drawn(chance, folder, number):
    """A random contest with a CSV of ballots in which anything can be marked anywhere."""
    candidates = [f"Candidate {letter}" for letter in "ABCDEFGH"[: chance.randint(2, 8)]]
    ranks = chance.randint(1, len(candidates) + 1)
    seats = chance.choice([1, 1, 2, 3])
    multi = chance.choice(["multiWinnerAllowMultipleWinnersPerRound", "multiWinnerAllowOnlyOneWinnerPerRound", "bottomsUp"])
    rules = {
        "tiebreakMode": chance.choice(["random", "previousRoundCountsThenRandom", "useCandidateOrder"]),
        "overvoteRule": chance.choice(["alwaysSkipToNextRank", "exhaustImmediately", "exhaustIfMultipleContinuing"]),
        "winnerElectionMode": "singleWinnerMajority" if seats == 1 else multi,
        "randomSeed": str(chance.randint(-(2**40), 2**40)),
        "numberOfWinners": str(seats),
        "decimalPlacesForVoteArithmetic": str(chance.randint(1, 8)),
        "minimumVoteThreshold": str(chance.choice([0, 0, 0, 3])),
        "maxSkippedRanksAllowed": chance.choice(["unlimited", "0", "1"]),
        "maxRankingsAllowed": str(ranks),
        "nonIntegerWinningThreshold": seats > 1 and chance.random() < 0.5,
        "doesFirstRoundDetermineThreshold": seats == 1 and chance.random() < 0.2,
        "hareQuota": seats > 1 and chance.random() < 0.2,
        "batchElimination": seats == 1 and chance.random() < 0.5,
        "continueUntilTwoCandidatesRemain": seats == 1 and chance.random() < 0.3,
        "stopTabulationEarlyAfterRound": chance.choice(["", "", "", "2"]),
        "exhaustOnDuplicateCandidate": chance.random() < 0.5,
    }
    file = os.path.join(folder, f"{number}.csv")
    with open(file, "w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(["id", *candidates])
        for voter in range(chance.randint(1, 60)):
            table.writerow([voter, *(chance.choice(["", 0, *range(1, ranks + 1)]) or "" for _ in candidates)])
    source = {"filePath": f"{number}.csv", "provider": "genericCsv", "firstVoteColumnIndex": "2", "firstVoteRowIndex": "2"}
    excluded = chance.randint(0, 12)
    listed = [{"name": name, "excluded": at == excluded and len(candidates) > 3} for at, name in enumerate(candidates)]
    config = {"outputSettings": {"contestName": "Random"}, "cvrFileSources": [source], "candidates": listed, "rules": rules}
    path = os.path.join(folder, f"{number}.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump(config, out)
    ballots = []
    with open(file, encoding="utf-8") as table:
        for row in list(csv.reader(table))[1:]:
            marks = collections.defaultdict(list)
            for name, rank in zip(candidates, row[1:]):
                if rank:
                    marks[int(rank)].append(name)
            ballots.append([{"rank": rank, "names": marks[rank]} for rank in sorted(marks)])
    return path, {"contest": contest_of(config), "ballots": ballots}


def at_random():
    chance = random.Random(4711)
    with tempfile.TemporaryDirectory() as folder:
        made = [drawn(chance, folder, number) for number in range(RANDOM_CONTESTS)]
        found = recount([asked for _, asked in made])
        wrong, rounds = [], 0
        for (path, _), ours in zip(made, found, strict=True):
            said = subprocess.run([WORKBENCH, "tally", "ranked", path, "--json"], capture_output=True, text=True)
            report = json.loads(said.stdout) if said.returncode == 0 else {"results": [], "winners": said.stderr}
            differs = same(ours["rounds"], report["results"]) or ("" if ours["winners"] == report["winners"] else f"{ours['winners']} for {report['winners']}")
            rounds += len(ours["rounds"])
            if differs:
                wrong.append((open(path, encoding="utf-8").read(), differs))
        check.holds(f"{RANDOM_CONTESTS} random contests with {rounds} rounds", not wrong, f"{len(wrong)}, the first: {wrong[:1]}")
        check.holds("they have rounds worth comparing", rounds > 2 * RANDOM_CONTESTS, str(rounds))


GRADES = ["Excellent", "Good", "Fair", "Poor"]
CELLS = {
    "approval": ["", "", "1", "x", "0"],
    "score": ["", 0, 1, 2, 3, 4, 5],
    "star": ["", 0, 1, 2, 3, 4, 5],
    "majority-judgment": ["", *GRADES],
    "quadratic": ["", "", 1, -1, 2, -2],
}
METHODS = ["rounds", "plurality", "borda", "schulze", "ranked-pairs", "condorcet", *CELLS]
CONTESTS_A_METHOD = 14


def drawn_roll(chance, method, number):
    """A contest for the recount page: names, weights and delegations, by any method; as the two files that are published."""
    candidates = [f"Candidate {letter}" for letter in "ABCDEF"[: chance.randint(2, 6)]]
    seats = chance.choice([1, 1, 2]) if method in ("rounds", "plurality", "borda", "approval", "score", "quadratic") else 1
    ties = chance.choice(["useCandidateOrder", "random"]) if method != "ranked-pairs" else "useCandidateOrder"
    rules = {
        "method": method, "numberOfWinners": seats, "tiebreakMode": ties, "randomSeed": chance.randint(-(2**40), 2**40), "highestScore": 5, "grades": GRADES,
        "credits": 1000, "unranked": chance.choice(["zero", "average", "modified"]), "strength": chance.choice(["winning-votes", "margins"]),
        "middleGrade": chance.choice(["worse", "better"]), "decimalPlacesForVoteArithmetic": 5, "overvoteRule": "alwaysSkipToNextRank",
        "winnerElectionMode": "singleWinnerMajority" if seats == 1 else "multiWinnerAllowMultipleWinnersPerRound",
    }
    source = {"filePath": f"{number}.csv", "provider": "genericCsv", "voterColumnIndex": 1, "weightColumnIndex": 2, "delegatesColumnIndex": 3, "firstVoteColumnIndex": 4}
    voters = [f"v{at}" for at in range(chance.randint(1, 40))]
    rows = [["voter", "weight", "delegates", *candidates]]
    for name in voters:
        cells = [chance.choice(CELLS.get(method, ["", *range(1, len(candidates) + 1)])) for _ in candidates]
        delegates = ""
        if chance.random() < 0.4:
            cells, delegates = [""] * len(candidates), "; ".join(chance.sample(voters, min(len(voters), chance.randint(1, 3))))
        rows.append([name, chance.randint(0, 5), delegates, *cells])
    config = {"outputSettings": {"contestName": "Random"}, "cvrFileSources": [source], "candidates": [{"name": name} for name in candidates], "rules": rules}
    return json.dumps(config), "\n".join(",".join(map(str, row)) for row in rows) + "\n"


def changed(outcome):
    """The same outcome with somebody else elected, or nobody."""
    winners = [list(reversed(outcome["winners"])), [*outcome["winners"], "Somebody"]][len(outcome["winners"]) < 2]
    return {**outcome, "winners": winners}


def verdicts():
    chance = random.Random(1234)
    asked, said, names = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for number, method in enumerate(METHODS * CONTESTS_A_METHOD):
            config, table = drawn_roll(chance, method, number)
            for name, text in [("contest.json", config), (f"{number}.csv", table)]:
                with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
                    out.write(text)
            answer = subprocess.run([WORKBENCH, "tally", "ranked", os.path.join(folder, "contest.json"), "--json"], capture_output=True, text=True)
            if answer.returncode:
                check.holds(f"the engine counts {method}", False, answer.stderr + config)
                continue
            outcome = json.loads(answer.stdout)
            for told in (outcome, changed(outcome)):
                files = [("contest.json", config), (f"{number}.csv", table), ("outcome.json", json.dumps(told))]
                asked.append({"files": [{"name": name, "text": text} for name, text in files]})
            names.append(method)
    said = recount(asked)
    wrong = [(method, right, asked[2 * at]) for at, (method, right) in enumerate(zip(names, said[::2], strict=True)) if not right.get("same")]
    fooled = [(method, found, asked[2 * at + 1]) for at, (method, found) in enumerate(zip(names, said[1::2], strict=True)) if found.get("same") is not False]
    check.holds(f"the recount page agrees on {len(names)} contests by {len(METHODS)} methods, with weights and delegations", not wrong, f"{len(wrong)}, the first: {wrong[:1]}")
    check.holds("it finds every changed outcome out", not fooled, f"{len(fooled)}, the first: {fooled[:1]}")


known()
at_random()
verdicts()
check.finish()
