"""Suggestions learned from made cases, made again by other code: counts in dictionaries of texts, blocks by scikit-learn's isotonic regression."""

import json
import math
import os
import random
import subprocess
from collections import Counter

from sklearn.isotonic import IsotonicRegression
from town import Checks

check = Checks("triage")
TOLERANCE = 1e-9
RUN, SHOWN_FROM = 5, 0.6
SAID = {
    "lamp": "lamp lamps dark flickers corner street light farola apagada esquina مصباح معطل شارع",
    "bin": "bin bins full rubbish overflows smell basura contenedor lleno حاوية ممتلئة",
    "graffiti": "paint wall tag graffiti door pintada pared جدار كتابة",
    "sofa": "sofa mattress pavement bulky chair colchón acera أريكة رصيف",
}


def made(number, count):
    """Cases of a town: two in ten are filed wrongly; officers correct most of them."""
    chance = random.Random(number)
    names = sorted(SAID)
    cases = []
    for _ in range(count):
        truth = chance.choice(names)
        filed = truth if chance.random() < 0.8 else chance.choice(names)
        decided = truth if chance.random() < 0.9 else filed
        vocabulary = SAID[truth].split() + ["street", "please", "old"]
        words = [chance.choice(vocabulary) for _ in range(chance.randrange(6))]
        district = chance.choice(["mill", "docks"] if truth == "lamp" else ["docks", "hill"])
        cases.append({"words": words, "facts": [["district", district], ["filed", filed]], "presumed": filed, "class": decided})
    return cases


def runs(word):
    padded = f" {word} "
    return {padded[at : at + 4] for at in range(max(len(padded) - 3, 1))}


class Counts:
    def __init__(self):
        self.cases, self.runs, self.all_runs, self.facts, self.values = Counter(), {}, Counter(), Counter(), {}

    def learn(self, case):
        name = case["class"]
        self.cases[name] += 1
        for word in set(case["words"]):
            for run in runs(word):
                self.runs.setdefault(run, Counter())[name] += 1
                self.all_runs[name] += 1
        for fact, value in case["facts"]:
            self.values.setdefault(fact, set()).add(value)
            self.facts[fact, value, name] += 1

    def word(self, word, name):
        known = [run for run in runs(word) if run in self.runs]
        below = self.all_runs[name] + 0.1 * len(self.runs)
        return sum(math.log((self.runs[run][name] + 0.1) / below) for run in known) / len(known) if known else 0.0

    def fact(self, fact, value, name):
        values = self.values.get(fact, set())
        if value not in values:
            return 0.0
        return math.log((self.facts[fact, value, name] + 0.5) / (self.cases[name] + 0.5 * len(values)))

    def score(self, case, name):
        prior = math.log((self.cases[name] + 1) / (sum(self.cases.values()) + len(self.cases) + 1))
        return math.fsum(
            [prior, *(self.word(word, name) for word in set(case["words"])), *(self.fact(*fact, name) for fact in case["facts"])]
        )

    def guess(self, case):
        if not +self.cases:
            return None
        scores = {name: self.score(case, name) for name in sorted(+self.cases)}
        best = max(scores, key=lambda name: scores[name])
        return best, scores[best] - self.score(case, case["presumed"]), scores


def blocks(notes):
    """Runs of five from the surest, then isotonic regression over them, weighted."""
    notes = sorted(notes, reverse=True)
    divided, open_run = [], []
    for margin, right in notes:
        if len(open_run) >= RUN and margin < open_run[-1][0]:
            divided.append(open_run)
            open_run = []
        open_run.append((margin, right))
    if len(open_run) >= RUN:
        divided.append(open_run)
    elif divided:
        divided[-1] += open_run
    if not divided:
        return []
    divided.reverse()
    shares = [sum(right for _, right in run) / len(run) for run in divided]
    fitted = IsotonicRegression().fit_transform(range(len(divided)), shares, sample_weight=[len(run) for run in divided])
    found = []
    for run, value in zip(divided, fitted, strict=True):
        if found and abs(found[-1][3] - value) < 1e-12:
            found[-1][1] += sum(right for _, right in run)
            found[-1][2] += len(run)
        else:
            found.append([min(margin for margin, _ in run), sum(right for _, right in run), len(run), value])
    return found


def same_share(theirs, ours):
    """Neighbours of one share may stand apart with us: pool them as the regression does."""
    pooled = []
    for start, right, of in theirs:
        if pooled and pooled[-1][1] * of == right * pooled[-1][2]:
            pooled[-1][1] += right
            pooled[-1][2] += of
        else:
            pooled.append([start, right, of])
    return len(pooled) == len(ours) and all(
        abs(one[0] - other[0]) < TOLERANCE and one[1:] == other[1:3] for one, other in zip(pooled, ours, strict=True)
    )


worst, guesses_seen, suggestions_seen = 0.0, 0, 0
for number in range(6):
    cases = made(number, 300)
    answer = json.loads(subprocess.run([os.environ["POLITY_TRIAGE"]], input=json.dumps(cases), capture_output=True, text=True, check=True).stdout)
    counts, notes, wrong = Counts(), [], []
    for case, theirs in zip(cases, answer["guesses"], strict=True):
        ours = counts.guess(case)
        if ours is not None:
            name, margin, scores = ours
            close = abs(scores[theirs["class"]] - scores[name]) < TOLERANCE
            worst = max(worst, abs(theirs["margin"] - margin))
            wrong += [] if close and abs(theirs["margin"] - margin) < TOLERANCE else [case]
            if theirs["class"] != case["presumed"] and counts.cases[case["presumed"]]:
                notes.append((theirs["margin"], theirs["class"] == case["class"]))
            guesses_seen += 1
        counts.learn(case)
    check.holds(f"town {number}: guesses and margins", not wrong, wrong[:1])
    ours = blocks(notes)
    check.holds(f"town {number}: blocks as scikit-learn's", same_share(answer["blocks"], ours), (answer["blocks"], ours))
    wrong = []
    for case, theirs in zip(cases, answer["suggestions"], strict=True):
        name, margin, _ = counts.guess(case)
        like = next((block for block in reversed(answer["blocks"]) if block[0] <= margin + TOLERANCE), None)
        share = (like[1] + 1) / (like[2] + 2) if like else 0.0
        wanted = name != case["presumed"] and counts.cases[case["presumed"]] > 0 and share >= SHOWN_FROM
        if (theirs is not None) != wanted:
            wrong.append((case, theirs))
            continue
        if theirs is None:
            continue
        suggestions_seen += 1
        weights = [counts.word(word, name) - counts.word(word, case["presumed"]) for word in set(case["words"])]
        weights += [counts.fact(*fact, name) - counts.fact(*fact, case["presumed"]) for fact in case["facts"]]
        strongest = sorted((weight for weight in weights if weight > 0), reverse=True)[:3]
        shown = [reason[2] for reason in theirs["reasons"]]
        near = len(shown) == len(strongest) and all(abs(a - b) < TOLERANCE for a, b in zip(shown, strongest, strict=True))
        if not near or abs(theirs["share"] - share) > TOLERANCE or theirs["class"] != name:
            wrong.append((case, theirs))
    check.holds(f"town {number}: suggestions, shares and reasons", not wrong, wrong[:1])
check.holds("enough was compared", guesses_seen > 1_500 and suggestions_seen > 50, (guesses_seen, suggestions_seen))
print(f"{guesses_seen} guesses, {suggestions_seen} suggestions, largest difference of margins {worst:.1e}")
check.finish()
