"""The figures of the demo town, made again from the public list of reports by numpy, which shares no code with ours."""

import csv
import datetime
import io
import json
import math
import re

import numpy
from town import Checks, Town

check = Checks("fairness")
TOLERANCE = 1e-9


def rows(town):
    """All reports by the CSV list, page by page along its Link header."""
    path, found = "/requests.csv?limit=1000", []
    while path:
        _, headers, body = town.ask(path)
        found += csv.DictReader(io.StringIO(body.decode()))
        following = re.search(r'<[^>]*?(/requests\.csv[^>]*)>; rel="next"', headers.get("link", ""))
        path = following and following.group(1)
    return found


def seconds(row, field):
    begin, end = (datetime.datetime.fromisoformat(row[name]) for name in ("opened_at", field))
    return int((end - begin).total_seconds())


def age(row, now):
    begin, end = (math.floor(datetime.datetime.fromisoformat(at).timestamp()) for at in (row["opened_at"], now))
    return max(end - begin, 0)


def ranked(values, share):
    return int(numpy.quantile(values, share, method="inverted_cdf")) if values else None


def within(rows, field, now):
    """Half and nine of ten by Kaplan and Meier, times at which nothing ended counted as running."""
    times = []
    for row in rows:
        until = field if row[field] else "closed_at" if row["closed_at"] else None
        times.append((seconds(row, until) if until else age(row, now), bool(row[field])))
    times = numpy.array(times, dtype=float).reshape(-1, 2)
    share, found = 1.0, [None, None]
    for time in numpy.unique(times[times[:, 1] == 1, 0]):
        share *= 1 - ((times[:, 0] == time) & (times[:, 1] == 1)).sum() / (times[:, 0] >= time).sum()
        for place, least in enumerate((0.5, 0.1)):
            if found[place] is None and share <= least + 1e-10:
                found[place] = int(time)
    return found


def broken_more(district, promised):
    """The common difference of the shares of broken promises by Mantel and Haenszel, with Greenland and Robins' interval."""
    sums, n = numpy.zeros(3), 0
    for category in sorted({row["category"] for row in promised}):
        own = [bool(row["broken_at"]) for row in promised if row["category"] == category and row["district"] == district]
        others = [bool(row["broken_at"]) for row in promised if row["category"] == category and row["district"] != district]
        if own and others:
            a, k, b, m = sum(own), len(own), sum(others), len(others)
            sums += [(a * m - b * k) / (k + m), k * m / (k + m), (a * (k - a) * m**3 + b * (m - b) * k**3) / (k * m * (k + m) ** 2)]
            n += k
    middle, half = sums[0] / sums[1], 1.959963984540054 * math.sqrt(sums[2]) / sums[1]
    return {"difference": middle, "low": max(middle - half, -1), "high": min(middle + half, 1), "n": n}


def close(one, other):
    return abs(one / other - 1) < TOLERANCE


def compared(ended, districts):
    """Ratios and ends of intervals by least squares over every single report, with one column for each district and category."""
    categories = sorted({row["category"] for row in ended})
    matrix = numpy.zeros((len(ended), len(districts) - 1 + len(categories)))
    for at, row in enumerate(ended):
        place = districts.index(row["district"])
        if place:
            matrix[at, place - 1] = 1
        matrix[at, len(districts) - 1 + categories.index(row["category"])] = 1
    logs = numpy.log([max(seconds(row, "closed_at"), 60) for row in ended])
    effects, rest, rank, _ = numpy.linalg.lstsq(matrix, logs, rcond=None)
    variance = rest[0] / (len(ended) - rank)
    covariance = variance * numpy.linalg.inv(matrix.T @ matrix)
    share = numpy.array([sum(row["district"] == code for row in ended) for code in districts]) / len(ended)
    result = {}
    for place, code in enumerate(districts):
        contrast = numpy.zeros(matrix.shape[1])
        contrast[: len(districts) - 1] = -share[1:]
        if place:
            contrast[place - 1] += 1
        middle, half = contrast @ effects, 1.959963984540054 * math.sqrt(contrast @ covariance @ contrast)
        result[code] = tuple(math.exp(value) for value in (middle, middle - half, middle + half))
    return result


town = Town(demo=True)
try:
    town.start()
    counted = [row for row in rows(town) if row["source"] != "agency" and row["state"] not in ("withdrawn", "duplicate")]
    figures = json.loads(town.ask("/requests/figures.json")[2])
    check.equal("reports", figures["all"]["reports"], len(counted))
    ended = [row for row in counted if row["closed_at"]]
    # The town's own clock: that of a demo is set back.
    now = figures["as_of"]
    groups = [("all", figures["all"], counted)]
    groups += [(row["code"], row, [one for one in counted if one["category"] == row["code"]]) for row in figures["categories"]]
    groups += [(row["code"], row, [one for one in counted if one["district"] == row["code"]]) for row in figures["districts"]]
    wrong = []
    for name, row, own in groups:
        kept = [one for one in own if one["closed_at"] and one["due_at"] and not one["broken_at"]]
        promised = kept + [one for one in own if one["broken_at"]]
        moved = [one for one in own if one["broken_at"] and not one["closed_at"] and one["due_at"] and one["due_at"] >= now]
        late = [one for one in kept if one["first_due_at"] and one["first_due_at"] < one["closed_at"]]
        open_ages = [age(one, now) for one in own if not one["closed_at"]]
        wanted = (len(own), len(own) - len(open_ages), *within(own, "closed_at", now), *within(own, "answered_at", now))
        wanted += (len(promised), len(kept), len(late), len(moved), ranked(open_ages, 0.5), ranked(open_ages, 0.9))
        wanted += tuple(sum(one > days * 86_400 for one in open_ages) for days in (30, 90))
        fields = ["reports", "ended", "median_seconds", "p90_seconds", "answer_median_seconds", "answer_p90_seconds", "promised", "on_time", "on_time_moved"]
        fields += ["moved", "age_median_seconds", "age_p90_seconds", "open_over_30_days", "open_over_90_days"]
        found = tuple(row[field] for field in fields)
        if wanted != found:
            wrong.append((name, wanted, found))
    check.holds(f"counts, medians, percentiles, promises and ages of {len(groups)} rows", not wrong and len(groups) > 25, str(wrong[:3]))
    ran_out = [one for one in counted if one["due_at"] and one["due_at"] < (one["closed_at"] or now)]
    check.holds(f"{len(ran_out)} promises that ran out are said to be broken", ran_out and all(one["broken_at"] for one in ran_out))
    in_districts = [row for row in ended if row["district"]]
    districts = [row["code"] for row in figures["districts"]]
    wanted = compared(in_districts, districts)
    apart = [
        (row["code"], row["adjusted"], wanted[row["code"]])
        for row in figures["districts"]
        if not all(close(row["adjusted"][field], other) for field, other in zip(("ratio", "low", "high"), wanted[row["code"]], strict=True))
    ]
    check.holds(f"{len(districts)} districts compared over {len(in_districts)} reports agree to {TOLERANCE}", not apart and len(districts) == 15, str(apart[:2]))
    promised = [one for one in counted if one["district"] and (one["broken_at"] or (one["closed_at"] and one["due_at"]))]
    apart = []
    for row in figures["districts"]:
        wanted_more, found_more = broken_more(row["code"], promised), row["broken_more"]
        if found_more is None or any(abs(found_more[field] - value) > TOLERANCE for field, value in wanted_more.items()):
            apart.append((row["code"], found_more, wanted_more))
    check.holds(f"broken promises of {len(districts)} districts compared over {len(promised)} agree to {TOLERANCE}", not apart, str(apart[:2]))
    compared_n = [row["adjusted_n"] for row in figures["districts"]]
    check.equal("n of each comparison", compared_n, [sum(one["district"] == code for one in in_districts) for code in districts])
    table = list(csv.DictReader(io.StringIO(town.ask("/requests/figures.csv")[2].decode())))
    by_code = {row["code"]: row for row in table if row["kind"] == "district"}
    check.holds("the CSV has the same", all(float(by_code[row["code"]]["adjusted_ratio"]) == row["adjusted"]["ratio"] and float(by_code[row["code"]]["broken_more"]) == row["broken_more"]["difference"] for row in figures["districts"]))
finally:
    town.throw_away()
check.finish()
