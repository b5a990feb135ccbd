"""Simplifies districts without tearing them apart.

Two neighbours share a border, so the border is simplified once and both take the result: no gaps, no overlaps.
Positions are integers (degrees x 100,000, about one metre), so every test on them is exact.
"""

import math
from collections import defaultdict

SCALE = 100_000
# At 34 degrees north a degree of longitude is this share of a degree of latitude.
LONGITUDE_SHARE = math.cos(math.radians(34.0))
# The city's file draws one border twice, up to 20 m apart. Points and lines this near are one (units of SCALE).
SAME_POINT = 18.0
SAME_LINE = 25.0
CELL = 500


def distance(point, start, end):
    """Distance from a point to a segment, and how far along the segment (0..1) its foot lies."""
    px, py = (point[0] - start[0]) * LONGITUDE_SHARE, point[1] - start[1]
    ex, ey = (end[0] - start[0]) * LONGITUDE_SHARE, end[1] - start[1]
    length = ex * ex + ey * ey
    along = 0.0 if length == 0 else max(0.0, min(1.0, (px * ex + py * ey) / length))
    return math.hypot(px - along * ex, py - along * ey), along


def to_grid(rings):
    """Rounds every ring to the grid and drops repeated positions; rings stay open (no closing repeat) from here on."""
    rounded = []
    for code, ring in rings:
        points = [(round(x * SCALE), round(y * SCALE)) for x, y in ring]
        rounded.append((code, without_repeats(points)))
    return rounded


def without_repeats(points):
    """Drops positions that repeat the one before, and spikes that go out and straight back."""
    kept = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and kept[-2] == point:
            kept.pop()
            continue
        kept.append(point)
    while len(kept) > 2 and (kept[0] == kept[-1] or kept[1] == kept[-1]):
        kept.pop() if kept[0] == kept[-1] else kept.pop(0)
    return kept


def owners_of(rings):
    owners = defaultdict(set)
    for code, ring in rings:
        for point in ring:
            owners[point].add(code)
    return owners


def by_cell(points):
    cells = defaultdict(list)
    for point in sorted(points):
        cells[(point[0] // CELL, point[1] // CELL)].append(point)
    return cells


def near(cells, start, end, margin):
    """Points in the cells that the box around a segment touches."""
    margin = int(margin) + 1
    low_x, high_x = sorted((start[0], end[0]))
    low_y, high_y = sorted((start[1], end[1]))
    for cx in range((low_x - 2 * margin) // CELL, (high_x + 2 * margin) // CELL + 1):
        for cy in range((low_y - margin) // CELL, (high_y + margin) // CELL + 1):
            yield from cells.get((cx, cy), ())


def merge_points(rings):
    """Makes one point of two that different districts drew for the same corner."""
    owners = owners_of(rings)
    cells = by_cell(owners)
    moved = {}
    for point in sorted(owners, key=lambda p: (-len(owners[p]), p)):
        if point in moved:
            continue
        for other in near(cells, point, point, SAME_POINT):
            apart = not (owners[other] & owners[point])
            if other != point and other not in moved and apart and distance(other, point, point)[0] < SAME_POINT:
                moved[other] = point
                owners[point] |= owners[other]
    follow = lambda p: follow(moved[p]) if p in moved else p
    return [(code, without_repeats([follow(p) for p in ring])) for code, ring in rings]


def share_borders(rings):
    """Puts a neighbour's corner into the straight line it lies on, until both sides list the same points."""
    while True:
        owners = owners_of(rings)
        cells = by_cell(owners)
        edges = edges_of(rings)
        shared, added = [], 0
        for code, ring in rings:
            fuller = []
            for start, end in zip(ring, ring[1:] + ring[:1]):
                fuller.append(start)
                feet = []
                settled = edges[(min(start, end), max(start, end))]
                for point in set(near(cells, start, end, SAME_LINE)):
                    if owners[point] & settled:
                        continue
                    away, along = distance(point, start, end)
                    if away < SAME_LINE and 0.0 < along < 1.0:
                        feet.append((along, point))
                fuller += [point for _, point in sorted(feet)]
                added += len(feet)
            shared.append((code, without_repeats(fuller)))
        rings = shared
        if not added:
            return rings


def edges_of(rings):
    """Each undirected edge with the districts that use it."""
    edges = defaultdict(set)
    for code, ring in rings:
        for start, end in zip(ring, ring[1:] + ring[:1]):
            edges[(min(start, end), max(start, end))].add(code)
    return edges


def arcs_of(rings):
    """Cuts all borders into arcs that end where three borders meet or the neighbour changes. Loops repeat their start."""
    edges = edges_of(rings)
    beside = defaultdict(list)
    for (a, b), codes in sorted(edges.items()):
        beside[a].append((b, codes))
        beside[b].append((a, codes))
    corner = {p for p, to in beside.items() if len(to) != 2 or to[0][1] != to[1][1]}
    unused = set(edges)
    arcs = []
    # Corners first; whatever is left afterwards is a loop with no corner on it.
    for start in sorted(corner) + sorted(set(beside) - corner):
        for step, _ in beside[start]:
            if (min(start, step), max(start, step)) in unused:
                arcs.append(walk(start, step, beside, corner, unused))
    return arcs


def walk(start, step, beside, corner, unused):
    arc, here = [start], start
    while True:
        unused.discard((min(here, step), max(here, step)))
        arc.append(step)
        if step in corner or step == start:
            return arc
        onward = [p for p, _ in beside[step] if p != here][0]
        here, step = step, onward


def douglas_peucker(line, tolerance, pins):
    """The points of a line that must stay so that no dropped point is further than the tolerance from it,
    and no pin changes sides."""
    kept, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    if line[0] == line[-1]:
        # A loop needs three points to stay a ring.
        far = max(range(len(line)), key=lambda i: (math.dist(line[i], line[0]), i))
        off = max(range(len(line)), key=lambda i: (distance(line[i], line[0], line[far])[0], i))
        kept |= {far, off}
        ends = sorted(kept)
        todo = list(zip(ends, ends[1:]))
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        worst = max(range(first + 1, last), key=lambda i: (distance(line[i], line[first], line[last])[0], -i))
        away = distance(line[worst], line[first], line[last])[0]
        if away > tolerance or holds_pin(line[first:last + 1], away, pins):
            kept.add(worst)
            todo += [(first, worst), (worst, last)]
    return [line[i] for i in sorted(kept)]


def holds_pin(chain, away, pins):
    """A pin lies between the chain and the straight line that would replace it."""
    return any(is_inside(pin, chain) for pin in near(pins, chain[0], chain[-1], 2 * away))


def is_inside(point, ring):
    """Ray casting towards the east; half-open in y, so a shared border is counted once."""
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        if (ay > point[1]) != (by > point[1]) and point[0] < (bx - ax) * (point[1] - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def side(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def within(a, b, c):
    """c lies on the segment a-b, ends included."""
    return (side(a, b, c) == 0 and min(a[0], b[0]) <= c[0] <= max(a[0], b[0])
            and min(a[1], b[1]) <= c[1] <= max(a[1], b[1]))


def clash(one, two):
    """Two segments meet elsewhere than at an end they share."""
    if set(one) == set(two):
        return True
    loose = [p for p in two if p not in one], [p for p in one if p not in two]
    if any(within(*one, p) for p in loose[0]) or any(within(*two, p) for p in loose[1]):
        return True
    (a, b), (c, d) = one, two
    opposite = lambda p, q: (p > 0 > q) or (p < 0 < q)
    return opposite(side(a, b, c), side(a, b, d)) and opposite(side(c, d, a), side(c, d, b))


def clashing_arcs(lines):
    """Numbers of the arcs whose simplified lines cross or touch where they should not."""
    cells = defaultdict(list)
    for number, line in enumerate(lines):
        for segment in zip(line, line[1:]):
            (ax, ay), (bx, by) = segment
            for cx in range(min(ax, bx) // CELL, max(ax, bx) // CELL + 1):
                for cy in range(min(ay, by) // CELL, max(ay, by) // CELL + 1):
                    cells[(cx, cy)].append((number, segment))
    bad = set()
    for inside in cells.values():
        for i, (number, one) in enumerate(inside):
            for other, two in inside[i + 1:]:
                if clash(one, two):
                    bad |= {number, other}
    return bad


def simplify(rings, tolerance, pins):
    """Simplifies all rings together, leaving every pin on its side of every border.

    Arcs that would clash are simplified less until none does.
    """
    arcs, pins = arcs_of(rings), by_cell(pins)
    tolerances = [tolerance] * len(arcs)
    while True:
        lines = [douglas_peucker(arc, t, pins) for arc, t in zip(arcs, tolerances)]
        bad = clashing_arcs(lines)
        if not bad:
            break
        stuck = [n for n in bad if tolerances[n] < 0]
        if len(stuck) == len(bad):
            raise SystemExit(f"the source's own borders cross near {[arcs[n][0] for n in sorted(bad)]}")
        for n in bad:
            tolerances[n] = tolerances[n] / 2 if tolerances[n] > 0.5 else -1.0
    kept = {point for line in lines for point in line}
    return [(code, [p for p in ring if p in kept]) for code, ring in rings]
