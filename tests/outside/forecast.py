"""The forecast of the backlog, stated again in numpy and (for the smoothing itself) checked against statsmodels; both share no code with ours."""

import json
import subprocess
import os

import numpy
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from town import Checks

check = Checks("forecast")
TOLERANCE = 1e-9
Z = 1.959963984540054
LOW, HIGH = [0.001, 0.0, 0.0, 0.8], [0.999, 0.999, 0.999, 0.98]


def series(number):
    """A backlog: reports by weekday, times to the end log-normal."""
    chance = numpy.random.default_rng(number)
    days = [70, 120, 182, 365][number % 4]
    change = numpy.zeros(days + 400)
    for day in range(days + 200):
        for took in chance.lognormal(1.5, 1.2, chance.poisson([30, 30, 28, 30, 26, 9, 6][day % 7] * (1 + number % 5))):
            change[day] += 1
            change[min(day + int(took), days + 399)] -= 1
    return numpy.cumsum(change)[200 : 200 + days].tolist()


def first(values):
    weeks = numpy.array(values[:28]).reshape(4, 7)
    means = [sum(week) / 7 for week in weeks.tolist()]
    trend = (means[3] - means[0]) / 21
    season = [sum(weeks[week, day] - means[week] for week in range(4)) / 4 for day in range(7)]
    return means[0] - 4.0 * trend, trend, season


def follow(values, alpha, beta, gamma, phi):
    """States before each day and after the last, and the errors."""
    level, trend, season = first(values)
    states, errors = [], []
    for value in values:
        states.append((level, trend, list(season)))
        carried = phi * trend
        error = value - (level + carried + season[0])
        level, trend = level + carried + alpha * error, carried + beta * error
        season = season[1:] + [season[0] + gamma * error]
        errors.append(error)
    states.append((level, trend, list(season)))
    return states, errors


def parameters(point):
    alpha, beta, gamma, phi = point
    return alpha, alpha * beta, (1.0 - alpha) * gamma, phi


def best(values):
    cost = lambda point: sum(error * error for error in follow(values, *parameters(point))[1])
    found = (float("inf"), None)
    for alpha in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9):
        for beta in (0.0, 0.1, 0.3):
            for gamma in (0.0, 0.1, 0.3):
                for phi in (0.8, 0.9, 0.98):
                    squares = cost([alpha, beta, gamma, phi])
                    if squares < found[0]:
                        found = (squares, [alpha, beta, gamma, phi])
    steps = [0.1, 0.1, 0.1, 0.04]
    for _ in range(8):
        for _ in range(20):
            before = found[0]
            for side in range(4):
                for step in (steps[side], -steps[side]):
                    point = list(found[1])
                    point[side] = min(max(point[side] + step, LOW[side]), HIGH[side])
                    squares = cost(point)
                    if squares < found[0]:
                        found = (squares, point)
            if found[0] >= before:
                break
        steps = [step / 2 for step in steps]
    return parameters(found[1])


def middles(state, phi, days):
    level, trend, season = state
    damped = numpy.cumsum(phi ** numpy.arange(1, days + 1))
    return numpy.array([level + damped[day] * trend + season[day % 7] for day in range(days)])


def ahead(values, by, days):
    alpha, beta, gamma, phi = by
    states, errors = follow(values, *by)
    variance = float(numpy.dot(errors, errors)) / (len(values) - 13)
    damped = numpy.cumsum(phi ** numpy.arange(1, days + 1))
    carried = [alpha + beta * damped[day] + (gamma if (day + 1) % 7 == 0 else 0.0) for day in range(days)]
    said = variance * (1 + numpy.concatenate([[0.0], numpy.cumsum(numpy.square(carried))[:-1]]))
    own = []
    for day in range(days):
        wrong = [values[origin + day] - middles(states[origin], phi, day + 1)[day] for origin in range(len(values) - day)]
        own.append(float(numpy.dot(wrong, wrong)) / (len(wrong) - 13) if len(wrong) >= 56 else said[day])
    half = Z * numpy.sqrt(numpy.maximum.accumulate(own))
    middle = middles(states[-1], phi, days)
    return numpy.maximum(numpy.array([middle, middle - half, middle + half]), 0.0)


def close(one, other):
    return numpy.allclose(one, other, rtol=TOLERANCE, atol=TOLERANCE)


def main():
    given = [series(number) for number in range(12)]
    answer = subprocess.run([os.environ["POLITY_FORECAST"]], input=json.dumps(given), capture_output=True, text=True, check=True)
    same, sooner, smoothed = 0, 0, 0
    for values, found in zip(given, json.loads(answer.stdout)):
        by = [found[name] for name in ("alpha", "beta", "gamma", "phi")]
        same += close(by, best(values))
        steps = numpy.array([[day[name] for day in found["ahead"]] for name in ("value", "low", "high")])
        sooner += close(steps, ahead(values, by, len(found["ahead"])))
        # statsmodels' smoothing with our parameters and first states: its middle of the days ahead is ours.
        level, trend, season = first(values)
        model = ETSModel(numpy.array(values, dtype=float), error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=7,
                         initialization_method="known", initial_level=level, initial_trend=trend, initial_seasonal=season)
        fitted = model.smooth(by)
        smoothed += close(numpy.maximum(fitted.forecast(len(found["ahead"])), 0.0), steps[0])
    check.equal("parameters as numpy finds them", same, len(given))
    check.equal("days ahead with their intervals as numpy has them", sooner, len(given))
    check.equal("days ahead as statsmodels has them", smoothed, len(given))
    check.finish()


main()
