"""What a town answers to “is it one of these?”, worked out again by other formulas, with Python's own Unicode tables."""

import csv
import datetime
import json
import math
import os
import random
import re
import unicodedata
import urllib.parse

from town import Checks, Town

check = Checks("likeness")
EARTH_M = 6_371_008.8
HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "../../engines/likeness/src/fold.rs")
MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640]")
PHRASES = [
    "The lamp at the corner is dark", "Lamps are dark since Monday", "La farola está apagada", "FAROLAS apagadas en la esquina", "المصباح معطل في الشارع",
    "مصابيح الشارعِ مُعَطَّلة", "Sofa and mattress on the pavement", "Sofá y colchón en la acera", "Graffiti on the wall", "", "Ñandú 42 ٤٢",
]


def vector(lat, long):
    lat, long = math.radians(lat), math.radians(long)
    return (math.cos(lat) * math.cos(long), math.cos(lat) * math.sin(long), math.sin(lat))


def metres(one, other):
    """The angle between two vectors; the engine has the haversine."""
    cross = math.hypot(
        one[1] * other[2] - one[2] * other[1], one[2] * other[0] - one[0] * other[2], one[0] * other[1] - one[1] * other[0]
    )
    return EARTH_M * math.atan2(cross, sum(a * b for a, b in zip(one, other, strict=True)))


def half_up(value):
    return math.floor(value + 0.5)


def fold(text):
    plain = MARKS.sub("", MARKS.sub("", unicodedata.normalize("NFKD", text)).lower())
    plain = plain.translate(str.maketrans("ٱىیةک", "اييهك"))
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in plain)


def stop_words():
    with open(SOURCE, encoding="utf-8") as file:
        return set(re.findall(r'"([^"]+)"', file.read().split("const STOP_WORDS")[1].split("];")[0]))


STOPS = stop_words()


def trigrams(text):
    found = set()
    for part in re.findall(r"(?:[^\W_]|[\u064b-\u065f\u0670\u0640])+", text):
        whole = fold(part)
        front = next((front for front in ("وال", "بال", "كال", "فال", "ال", "لل") if whole.startswith(front)), "")
        word = whole[len(front) :] if len(whole) - len(front) >= 3 else whole
        if whole in STOPS or (len(word) < 2 and not word.isdigit()):
            continue
        padded = f" {word} "
        found |= {padded[at : at + 3] for at in range(len(padded) - 2)}
    return found


def wanted(reports, asked):
    """The first five by the points of the engine's README; all reports are open and of this day."""
    near = [(metres(asked["vector"], one["vector"]), one) for one in reports]
    near = [(distance, one) for distance, one in near if distance <= 250]
    own = trigrams(asked["text"])
    said = [text for text in [own, *(one["trigrams"] for _, one in near)] if text]
    rarity = {t: math.log(1 + len(said) / sum(t in text for text in said)) for text in said for t in text}
    weigh = lambda some: sum(rarity[t] for t in sorted(some))
    found = []
    for distance, one in near:
        all_said = weigh(own) + weigh(one["trigrams"])
        words = half_up(35 * 2 * weigh(own & one["trigrams"]) / all_said) if all_said else 0
        place = max(30 - half_up(half_up(distance) * 0.3), -20)
        points = place + (15 if one["category"] == asked["category"] else -12) + 10 + words
        if points >= 30:
            found.append((-points, half_up(distance), one["code"]))
    return [(code, -points, distance) for points, distance, code in sorted(found)[:5]]


def repeated(path):
    """Requests with an earlier one of the same type within 50 m and 7 days, each counted once."""
    place = []
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["lat"]:
                at = datetime.datetime.fromisoformat(row["opened_at"]).timestamp()
                place.append((at, row["type"], vector(float(row["lat"]), float(row["long"])), float(row["lat"])))
    place.sort(key=lambda one: one[0])
    by_lat = sorted((one[3], number) for number, one in enumerate(place))
    count = 0
    for start, (lat, number) in enumerate(by_lat):
        at, kind, where, _ = place[number]
        hits = False
        for step in (-1, 1):
            look = start + step
            while 0 <= look < len(by_lat) and abs(by_lat[look][0] - lat) < 0.00046 and not hits:
                other = place[by_lat[look][1]]
                earlier = by_lat[look][1] < number and at - other[0] <= 7 * 86_400
                hits = earlier and other[1] == kind and metres(where, other[2]) <= 50
                look += step
        count += hits
    return len(place), count


def drawn(chance, spots):
    lat, long = chance.choice(spots)
    lat, long = round(lat + chance.uniform(-0.001, 0.001), 6), round(long + chance.uniform(-0.001, 0.001), 6)
    category = chance.choice(["bulky-items", "graffiti", "streetlight"])
    return {"category": category, "lat": lat, "long": long, "text": chance.choice(PHRASES), "vector": vector(lat, long)}


def answers_of(town):
    """For each category, something to each of its questions that must be answered."""
    found = {}
    for category in ("bulky-items", "graffiti", "streetlight"):
        questions = json.loads(town.ask(f"/open311/v2/services/{category}.json")[2])["attributes"]
        first = lambda q: q["values"][0]["key"] if q.get("values") else "1"
        found[category] = {q["code"]: first(q) for q in questions if q["required"]}
    return found


def report(town, one, answers):
    body = {"category": one["category"], "lat": one["lat"], "long": one["long"], "description": one["text"], "attributes": answers}
    status, _, text = town.ask("/requests.json", data=json.dumps(body).encode(), headers={"content-type": "application/json"})
    assert status == 201, text
    one["code"], one["trigrams"] = json.loads(text)["code"], trigrams(one["text"])


check.equal("the known repeats", repeated(os.path.join(HERE, "../../demo/requests.csv")), (8246, 1131))
town = Town(demo=True)
try:
    town.start()
    chance = random.Random(7)
    # Within the town, but far from each of the demo's own reports, so that only what is made here is near.
    with open(os.path.join(HERE, "../../demo/requests.csv"), newline="", encoding="utf-8") as facts:
        own = [vector(float(row["lat"]), float(row["long"])) for row in csv.DictReader(facts) if row["lat"]]
    answers = answers_of(town)
    made, spots = [], []
    while len(spots) < 25:
        spot = (round(chance.uniform(33.75, 34.33), 6), round(chance.uniform(-118.66, -118.16), 6))
        if any(metres(vector(*spot), one) <= 700 for one in own):
            continue
        first = {"category": "graffiti", "lat": spot[0], "long": spot[1], "text": PHRASES[0], "vector": vector(*spot)}
        try:
            report(town, first, answers["graffiti"])
        except AssertionError as error:
            if "outside" not in str(error):
                raise
            continue
        spots.append(spot)
        made.append(first)
    reports = [drawn(chance, spots) for _ in range(300)]
    for one in reports:
        try:
            report(town, one, answers[one["category"]])
            made.append(one)
        except AssertionError as error:
            if "outside" not in str(error):
                raise
    wrong, matched, worded = [], 0, 0
    for one in [drawn(chance, spots) for _ in range(300)]:
        text = urllib.parse.quote(one["text"])
        answer = town.ask(f"/report/alike?category={one['category']}&lat={one['lat']}&long={one['long']}&text={text}")
        found = json.loads(answer[2])["matches"]
        expected = wanted(made, one)
        if [(each["code"], each["points"]["all"], each["distance_m"]) for each in found] != expected:
            wrong.append((one, found[:2], expected[:2]))
        matched += bool(found)
        worded += any(each["shared_words"] for each in found)
    check.holds("300 questions have the answers worked out here", not wrong, f"{len(wrong)}: {wrong[:2]}")
    check.holds("most have some, many by their words", matched > 150 and worded > 100, f"{matched} matched, {worded} by words, of {len(made)} reports")
finally:
    town.throw_away()
check.finish()
