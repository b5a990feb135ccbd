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


def ranked(values, share):
    return int(numpy.quantile(values, share, method="inverted_cdf")) if values else None


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
        took = [seconds(one, "closed_at") for one in own if one["closed_at"]]
        promised = [one for one in own if one["due_at"] and (one["closed_at"] or one["due_at"] < now)]
        on_time = [one for one in promised if one["closed_at"] and one["closed_at"] <= one["due_at"]]
        wanted = (len(own), len(took), ranked(took, 0.5), ranked(took, 0.9), len(promised), len(on_time))
        found = tuple(row[field] for field in ("reports", "ended", "median_seconds", "p90_seconds", "promised", "on_time"))
        if wanted != found:
            wrong.append((name, wanted, found))
    check.holds(f"counts, medians, percentiles and promises of {len(groups)} rows", not wrong and len(groups) > 25, str(wrong[:3]))
    in_districts = [row for row in ended if row["district"]]
    districts = [row["code"] for row in figures["districts"]]
    wanted = compared(in_districts, districts)
    apart = [
        (row["code"], row["adjusted"], wanted[row["code"]])
        for row in figures["districts"]
        if not all(close(row["adjusted"][field], other) for field, other in zip(("ratio", "low", "high"), wanted[row["code"]], strict=True))
    ]
    check.holds(f"{len(districts)} districts compared over {len(in_districts)} reports agree to {TOLERANCE}", not apart and len(districts) == 15, str(apart[:2]))
    table = list(csv.DictReader(io.StringIO(town.ask("/requests/figures.csv")[2].decode())))
    by_code = {row["code"]: row for row in table if row["kind"] == "district"}
    check.holds("the CSV has the same", all(float(by_code[row["code"]]["adjusted_ratio"]) == row["adjusted"]["ratio"] for row in figures["districts"]))
finally:
    town.throw_away()
check.finish()
