"""Rates of repeats by statsmodels and scipy, which share no code with ours."""

import json
import os
import subprocess

import numpy
import statsmodels.api as sm
from scipy import stats
from town import Checks

check = Checks("reporting")
TOLERANCE = 1e-9
Z = stats.norm.ppf(0.975)


def table(number):
    """Cells of made-up districts and categories: group, stratum, matters, watched seconds, repeats."""
    chance = numpy.random.default_rng(number)
    groups, strata = 3 + number % 12, 2 + number % 9
    readiness, kind = chance.normal(0, 0.4, groups), chance.normal(-2, 0.8, strata)
    cells = []
    for group in range(groups):
        for stratum in range(strata):
            matters = int(chance.integers(20, 400))
            days = float(chance.integers(1, 30)) * matters
            mean = days * numpy.exp(readiness[group] + kind[stratum])
            repeats = chance.poisson(mean) if number % 2 else chance.negative_binomial(3, 3 / (3 + mean))
            cells.append([group, stratum, matters, days * 86400.0, int(repeats)])
    return {"groups": groups, "strata": strata, "cells": cells}


def by_statsmodels(given):
    cells = numpy.array(given["cells"], dtype=float)
    groups, strata = given["groups"], given["strata"]
    matrix = numpy.zeros((len(cells), groups + strata - 1))
    for at, (group, stratum, *_) in enumerate(cells):
        if group:
            matrix[at, int(group) - 1] = 1
        matrix[at, groups - 1 + int(stratum)] = 1
    days, repeats = cells[:, 3] / 86400, cells[:, 4]
    fit = sm.GLM(repeats, matrix, family=sm.families.Poisson(), offset=numpy.log(days)).fit(maxiter=200, tol=1e-13, tol_criterion="params")
    weights = numpy.array([fit.fittedvalues[cells[:, 0] == group].sum() for group in range(groups)])
    share = weights / weights.sum()
    scatter = max(1.0, fit.pearson_chi2 / fit.df_resid) if fit.df_resid else 1.0
    found = []
    for group in range(groups):
        contrast = numpy.zeros(matrix.shape[1])
        contrast[: groups - 1] = -share[1:]
        if group:
            contrast[group - 1] += 1
        middle, half = contrast @ fit.params, Z * numpy.sqrt(scatter * (contrast @ fit.cov_params() @ contrast))
        found.append([numpy.exp(middle), numpy.exp(middle - half), numpy.exp(middle + half)])
    return found, scatter


def main():
    given = [table(number) for number in range(40)]
    answer = subprocess.run([os.environ["POLITY_REPORTING"]], input=json.dumps(given), capture_output=True, text=True, check=True)
    worst, rates, ends = 0.0, 0.0, 0.0
    compared = 0
    for one, found in zip(given, json.loads(answer.stdout)):
        expected, scatter = by_statsmodels(one)
        worst = max(worst, abs(found["scatter"] / scatter - 1))
        for group, row in enumerate(found["groups"]):
            own = [cell for cell in one["cells"] if cell[0] == group]
            repeats, days = sum(cell[4] for cell in own), sum(cell[3] for cell in own) / 86400
            if row["adjusted"]:
                compared += 1
                worst = max(worst, *(abs(a / b - 1) for a, b in zip(row["adjusted"], expected[group])))
            if row["rate"]:
                rates = max(rates, abs(row["rate"][0] * days / repeats - 1))
                exact = stats.chi2.ppf([0.025, 0.975], [2 * repeats, 2 * repeats + 2]) / 2
                ends = max(ends, *(abs(end * days / other - 1) for end, other in zip(row["rate"][1:], exact)))
    check.holds("districts were compared", compared > 100)
    check.holds(f"ratios, intervals and scatter as statsmodels has them (worst {worst:.1e})", worst < TOLERANCE)
    check.holds(f"rates as they are (worst {rates:.1e})", rates < 1e-12)
    check.holds(f"Byar's interval is within 0.4% of the exact one (worst {ends:.1e})", ends < 0.004)
    check.finish()


main()
