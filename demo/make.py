"""Makes demo/requests.csv and demo/districts.geojson from two open files of the City of Los Angeles.

    python3 make.py MYLA311.csv LA-COUNCIL-DISTRICTS.geojson

Needs only Python's standard library and the system's time zone table. Same input, same bytes.
"""

import csv
import json
import sys
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import borders

HERE = Path(__file__).parent
LOCAL = ZoneInfo("America/Los_Angeles")
COLUMNS = ["source_number", "opened_at", "closed_at", "updated_at", "service_date", "type", "outcome", "owner",
           "source", "address", "zip", "district", "lat", "long"]
DISTRICTS_MAX_BYTES = 45_000
AGREEMENT_MIN_SHARE = 0.999


def to_utc(local):
    """'12/31/2017 11:59:58 PM' in Los Angeles → '2018-01-01T07:59:58Z'; empty stays empty."""
    if not local:
        return ""
    moment = datetime.strptime(local, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=LOCAL)
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_degrees(text):
    return f"{float(text):.6f}" if text else ""


def to_row(source):
    return {
        "source_number": source["SRNumber"],
        "opened_at": to_utc(source["CreatedDate"]),
        "closed_at": to_utc(source["ClosedDate"]),
        "updated_at": to_utc(source["UpdatedDate"]),
        "service_date": to_utc(source["ServiceDate"]),
        "type": source["RequestType"],
        "outcome": source["Status"],
        "owner": source["Owner"],
        "source": source["RequestSource"],
        "address": source["Address"],
        "zip": source["ZipCode"],
        "district": source["CD"],
        "lat": to_degrees(source["Latitude"]),
        "long": to_degrees(source["Longitude"]),
    }


def read_requests(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = [to_row(source) for source in csv.DictReader(file)]
    return sorted(rows, key=lambda row: (row["opened_at"], row["source_number"]))


def write_requests(rows, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_districts(path):
    """(code, ring) pairs, outer ring first; the source closes its rings, ours stay open."""
    with open(path, encoding="utf-8") as file:
        features = json.load(file)["features"]
    rings = []
    for feature in sorted(features, key=lambda f: int(f["properties"]["external_id"])):
        for polygon in feature["geometry"]["coordinates"]:
            rings += [(feature["properties"]["external_id"], ring[:-1]) for ring in polygon]
    return rings


def signed_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1])) / 2


def polygons_of(rings):
    """Each outer ring with the holes inside it."""
    holes = [r for i, r in enumerate(rings) if any(borders.is_inside(r[0], o) for j, o in enumerate(rings) if i != j)]
    return [[outer] + [h for h in holes if borders.is_inside(h[0], outer)] for outer in rings if outer not in holes]


def to_positions(ring, clockwise):
    """RFC 7946 3.1.6: outer rings anticlockwise, holes clockwise; the first position repeated at the end."""
    turned = ring if (signed_area(ring) < 0) == clockwise else ring[::-1]
    first = turned.index(min(turned))
    turned = turned[first:] + turned[:first]
    return [[x / borders.SCALE, y / borders.SCALE] for x, y in turned + turned[:1]]


def to_feature(code, rings):
    polygons = [[to_positions(ring, clockwise=i > 0) for i, ring in enumerate(p)] for p in polygons_of(rings)]
    geometry = ({"type": "Polygon", "coordinates": polygons[0]} if len(polygons) == 1
                else {"type": "MultiPolygon", "coordinates": polygons})
    return {"type": "Feature", "properties": {"code": code, "name": f"Council District {code}"}, "geometry": geometry}


def by_code(rings):
    codes = sorted({code for code, _ in rings}, key=int)
    return {code: [ring for c, ring in rings if c == code] for code in codes}


def to_geojson(rings):
    features = [to_feature(code, mine) for code, mine in by_code(rings).items()]
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def to_grid(row):
    return float(row["long"]) * borders.SCALE, float(row["lat"]) * borders.SCALE


def fit_districts(rings, pins):
    """The finest simplification that fits the limit: tolerance in metres, then the GeoJSON text and its rings."""
    shared = borders.share_borders(borders.merge_points(borders.to_grid(rings)))
    for tolerance in range(1, 200):
        simpler = borders.simplify(shared, float(tolerance), pins)
        text = to_geojson(simpler)
        if len(text.encode()) <= DISTRICTS_MAX_BYTES:
            return tolerance, text, simpler
    raise SystemExit(f"the districts do not fit {DISTRICTS_MAX_BYTES} bytes even at 200 m tolerance")


def locate(point, districts):
    """The lowest code whose rings enclose the point an odd number of times."""
    for code, rings in districts.items():
        if sum(borders.is_inside(point, ring) for ring in rings) % 2:
            return code
    return ""


def compare(rows, full, simpler):
    """Rows with coordinates, rows that fall in the same district as before, rows where we agree with the city."""
    full, simpler = by_code(full), by_code(simpler)
    pinned = [row for row in rows if row["lat"]]
    same = agree = 0
    for row in pinned:
        ours = locate(to_grid(row), simpler)
        same += ours == locate((float(row["long"]), float(row["lat"])), full)
        agree += ours == row["district"]
    return len(pinned), same, agree


def describe(rows):
    early = sum(1 for r in rows if r["closed_at"] and r["closed_at"] < r["opened_at"])
    serviced = sum(1 for r in rows if r["service_date"] and r["service_date"] < r["opened_at"])
    print(f"{len(rows)} rows, {rows[0]['opened_at']} to {rows[-1]['opened_at']}")
    print(f"closed before opened: {early}; service date before opened: {serviced}")
    for column in ["closed_at", "updated_at", "service_date", "address", "zip", "district", "lat"]:
        print(f"empty {column}: {sum(1 for r in rows if not r[column])}")


def main(requests_path, districts_path):
    rows = read_requests(requests_path)
    write_requests(rows, HERE / "requests.csv")
    describe(rows)
    full = read_districts(districts_path)
    tolerance, text, simpler = fit_districts(full, {to_grid(row) for row in rows if row["lat"]})
    (HERE / "districts.geojson").write_text(text, encoding="utf-8")
    pinned, same, agree = compare(rows, full, simpler)
    print(f"districts: {len(text.encode())} bytes, {sum(len(r) for _, r in simpler)} positions, tolerance {tolerance} m")
    print(f"same district as with the full geometry: {same} of {pinned} ({100 * same / pinned:.3f} %)")
    print(f"same district as the city wrote in the row: {agree} of {pinned} ({100 * agree / pinned:.3f} %)")
    if same < AGREEMENT_MIN_SHARE * pinned:
        raise SystemExit("the simplification moves too many requests into another district")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2])
