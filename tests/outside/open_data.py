#!/usr/bin/env python3
"""Open data of the built program from outside: ckanapi and frictionless as they are on PyPI, DCAT-AP's own SHACL shapes, the JSON
schemas of data.json, hostile SQL, OGC API Features by owslib and GDAL, and rows counted again by Python's csv."""

import csv
import datetime
import decimal
import io
import json
import math
import os
import signal
import subprocess
import threading
import time
import urllib.parse
import urllib.request
import zipfile

import ckanapi
import jsonschema
import pyarrow.parquet
import pyshacl
import rdflib
import sodapy
from frictionless import Package, Resource, portals
from owslib.ogcapi.features import Features as OwsFeatures

from town import Checks, Town

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.path.join(ROOT, "../shared/data/open")


def rows_of(town, path):
    status, _, body = town.ask(path, timeout=120)
    assert status == 200, (path, status, body[:300])
    return list(csv.DictReader(io.StringIO(body.decode())))


def read(check, town):
    """The catalogue by ckanapi, and its rows against a count of our own."""
    ckan = ckanapi.RemoteCKAN(town.url)
    names = ckan.action.package_list()
    check.holds("ckanapi lists the demo's datasets", {"service-requests", "service-requests-by-day", "weather-jfk-2013", "council-districts"} <= set(names), names)
    weather = ckan.action.package_show(id="weather-jfk-2013")
    resource = weather["resources"][0]["id"]
    with open(os.path.join(ROOT, "demo/weather.csv"), encoding="utf-8") as file:
        source = list(csv.DictReader(file))
    found = ckan.action.datastore_search(resource_id=resource, limit=5, sort="temp desc", filters={"wind_dir": [270, 280]})
    wanted = [row for row in source if row["wind_dir"] in ("270", "280")]
    check.equal("datastore_search counts as csv does", found["total"], len(wanted))
    hottest = sorted((float(row["temp"]) for row in wanted if row["temp"] != "NA"), reverse=True)[:5]
    check.equal("datastore_search sorts as Python does", [row["temp"] for row in found["records"]], hottest)
    exported = rows_of(town, "/data/weather-jfk-2013/weather_jfk_2013.csv")
    same = all(
        (one[key] == two[key]) or (one[key] == "NA" and two[key] == "") or (two[key] and float(one[key]) == float(two[key]))
        for one, two in zip(source, exported)
        for key in source[0]
        if key != "time_hour"
    )
    check.holds("no cell of the file is lost on the way out", len(source) == len(exported) and same)
    counted = rows_of(town, "/data/service-requests-by-day/service_requests_by_day.csv")
    small = [row for row in counted if row["suppressed"] == "true"]
    check.holds("small counts are left out and marked", small and all(row["opened"] == "" for row in small), len(small))
    check.holds("and only those", all(int(row["opened"]) >= 5 for row in counted if row["suppressed"] == "false"))
    requests = rows_of(town, "/data/service-requests/service_requests.csv")
    check.equal("requests without words, names and addresses", sorted(requests[0]), sorted("code category state organisation district opened_at closed_at days_open source lat long".split()))
    check.holds("pins to about a hundred metres", all(len(row["lat"].partition(".")[2]) <= 3 for row in requests))
    search = ckan.action.package_search(q="weather", **{"facet.field": ["organization", "tags"]}, rows=1)
    check.equal("package_search finds it", [one["name"] for one in search["results"]], ["weather-jfk-2013"])
    check.holds("package_search has facets", search["facets"]["tags"].get("weather") == 1)
    pages = []
    start = 0
    while True:
        page = ckan.action.package_search(start=start, rows=2)["results"]
        if not page:
            break
        pages += [one["name"] for one in page]
        start += 2
    check.equal("package_search pages until an empty page, each once", sorted(pages), sorted(names))
    sql = ckan.action.datastore_search_sql(sql=f'SELECT count(*) AS n FROM "{resource}" WHERE temp > 50')
    check.equal("datastore_search_sql", sql["records"][0]["n"], sum(1 for row in source if row["temp"] != "NA" and float(row["temp"]) > 50))
    for action, kwargs, error in [
        ("package_show", {"id": "nothing"}, ckanapi.NotFound),
        ("package_create", {"name": "x"}, ckanapi.NotAuthorized),
        ("datastore_search", {"resource_id": "nothing"}, ckanapi.NotFound),
    ]:
        try:
            ckan.call_action(action, kwargs)
            check.holds(f"{action} fails", False)
        except error:
            check.holds(f"{action} fails as ckanapi knows it", True)


def write(check, town):
    """A dataset made, filled, changed, emptied by ckanapi."""
    ckan = ckanapi.RemoteCKAN(town.url, apikey=town.token("administrator"))
    owner = ckan.action.organization_list(all_fields=True)[0]
    made = ckan.action.package_create(name="lamps", title="Lamps", notes="All of them", owner_org=owner["id"], license_id="cc-zero", tags=[{"name": "light"}])
    check.equal("package_create", (made["name"], made["owner_org"]), ("lamps", owner["id"]))
    table = "id,watts,since\n" + "".join(f"{n},{n % 5 * 10},2020-01-{n % 28 + 1:02}\n" for n in range(1, 1001))
    up = ckan.action.resource_create(package_id="lamps", name="lamps", upload=("lamps.csv", io.BytesIO(table.encode())))
    check.holds("resource_create with a file", up["datastore_active"] and up["format"] == "CSV" and up["size"] == len(table), up)
    found = ckan.action.datastore_search(resource_id=up["id"], filters={"watts": 40}, limit=0)
    check.equal("its rows are there", found["total"], 200)
    made = ckan.action.datastore_create(resource={"package_id": "lamps", "name": "dark"}, fields=[{"id": "lamp", "type": "int"}, {"id": "night", "type": "date"}], primary_key=["lamp"])
    for batch in range(3):
        ckan.action.datastore_upsert(resource_id=made["resource_id"], records=[{"lamp": n, "night": f"2026-01-{n % 28 + 1:02}"} for n in range(batch * 50, batch * 50 + 100)])
    check.equal("datastore_upsert, overlapping", ckan.action.datastore_search(resource_id=made["resource_id"], limit=1)["total"], 200)
    ckan.action.datastore_delete(resource_id=made["resource_id"], filters={"lamp": [1, 2, 3]})
    check.equal("datastore_delete", ckan.action.datastore_info(id=made["resource_id"])["meta"]["count"], 197)
    joined = ckan.action.datastore_search_sql(sql=f'SELECT l.watts, count(*) AS n FROM "{up["id"]}" l JOIN "{made["resource_id"]}" d ON d.lamp = l.id GROUP BY 1 ORDER BY 1')
    check.equal("a join of both", sum(row["n"] for row in joined["records"]), 196)
    ckan.action.package_patch(id="lamps", title="Street lamps")
    check.equal("package_patch keeps the rest", [ckan.action.package_show(id="lamps")[key] for key in ("title", "notes", "num_resources")], ["Street lamps", "All of them", 2])
    ckan.action.package_delete(id="lamps")
    try:
        ckanapi.RemoteCKAN(town.url).action.package_show(id="lamps")
        check.holds("package_delete", False)
    except ckanapi.NotFound:
        check.equal("package_delete leaves a tombstone", town.ask("/data/lamps")[0], 410)


def frictionless_reads(check, town):
    """Data packages and the CKAN portal plugin."""
    package = Package(f"{town.url}/data/catalog/weather-jfk-2013/datapackage")
    report = package.resources[0].validate()
    check.holds("frictionless: the package's table is valid", report.valid, report.flatten(["title", "note"])[:3])
    check.equal("frictionless: its rows", len(package.resources[0].read_rows()), 2155)
    control = portals.CkanControl(baseurl=town.url, dataset="council-districts")
    found = Package(control=control)
    check.equal("frictionless[ckan] reads a dataset", [found.name, len(found.resources)], ["council-districts", 1])
    resource = Resource(f"{town.url}/data/service-requests/service_requests.csv")
    total = json.loads(town.ask("/data/service-requests/service_requests.json?limit=0")[2])["count"]
    check.equal("frictionless: every request", len(resource.read_rows()), total)


def shapes(check, town):
    """DCAT-AP 3.0.1 and HVD by the shapes of SEMIC."""
    graphs = {}
    for end, form in [("ttl", "turtle"), ("jsonld", "json-ld"), ("rdf", "xml")]:
        graph = rdflib.Graph()
        graph.parse(data=town.ask(f"/data/catalog.{end}")[2], format=form)
        graphs[end] = graph
    check.equal("three forms, the same triples", len({len(graph) for graph in graphs.values()}), 1)
    check.equal("every dataset is in it", len(set(graphs["ttl"].subjects(rdflib.RDF.type, rdflib.DCAT.Dataset))), len(json.loads(town.ask("/data.json")[2])["dataset"]))
    # The shapes of high-value datasets are for those, so they see no others.
    high = rdflib.Graph()
    for dataset in set(graphs["ttl"].subjects(rdflib.URIRef("http://data.europa.eu/r5r/hvdCategory"))):
        high.parse(data=town.ask(f"/data/catalog/{str(dataset).rsplit('/', 1)[1]}/ttl")[2], format="turtle")
    check.equal("two high-value datasets", len(set(high.subjects(rdflib.RDF.type, rdflib.DCAT.Dataset))), 2)
    for name in ["dcat-ap-SHACL.ttl", "hvd-SHACL.ttl", "shapes.ttl", "range.ttl"]:
        graph = high if name.startswith("hvd") else graphs["ttl"]
        shape = rdflib.Graph().parse(os.path.join(DATA, "shacl", name), format="turtle")
        valid, results, _ = pyshacl.validate(graph, shacl_graph=shape, advanced=True, inference="none")
        violations = [r for r in results.subjects(rdflib.SH.resultSeverity, rdflib.SH.Violation)]
        detail = [(str(results.value(v, rdflib.SH.focusNode)), str(results.value(v, rdflib.SH.resultPath)), str(results.value(v, rdflib.SH.resultMessage))) for v in violations[:5]]
        check.equal(f"SHACL {name}: no violation {detail}", len(violations), 0)


def data_json(check, town):
    schemas = {}
    for part in ["catalog", "dataset"]:
        with open(os.path.join(DATA, f"datajson/pod_schema__non-federal-v1.1__{part}{'-non-federal' if part == 'dataset' else ''}.json"), encoding="utf-8") as file:
            schemas[part] = json.load(file)
    catalogue = json.loads(town.ask("/data.json")[2])
    wrong = [error.message[:120] for one in catalogue["dataset"] for error in jsonschema.Draft4Validator(schemas["dataset"]).iter_errors(one)]
    check.equal("data.json: every dataset is valid", wrong[:3], [])
    check.holds("data.json: the catalogue names its standard", catalogue["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema")


HOSTILE = [
    "select count(*) from service_requests a, service_requests b, service_requests c",
    "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
    "select printf('%.*c', 900000000, 'x')",
    "select * from service_requests a, service_requests b order by a.code || b.code",
    "attach 'x' as y",
    "pragma database_list",
    "select load_extension('x')",
    "select * from sqlite_master",
    "drop table service_requests",
    "select group_concat(a.code || b.code) from service_requests a, service_requests b",
    "select hex(zeroblob(500000000))",
    "select 1; select 2",
]


def hostile(check, town):
    """Many hostile questions at once: each ends in time, and pages are served meanwhile."""
    statuses = []

    def one(sql):
        statuses.append(town.ask("/data/sql.json?" + urllib.parse.urlencode({"sql": sql}), timeout=60)[0])

    threads = [threading.Thread(target=one, args=(sql,)) for sql in HOSTILE * 2]
    for thread in threads:
        thread.start()
    pages = [town.ask("/data")[0] for _ in range(20)]
    for thread in threads:
        thread.join()
    check.equal("pages are served meanwhile", set(pages), {200})
    check.holds("every hostile question is refused, cut, or told to come back", len(statuses) == len(threads) and set(statuses) <= {200, 422, 429}, statuses)
    answer = json.loads(town.ask("/data/sql.json?" + urllib.parse.urlencode({"sql": "select count(*) as n from service_requests"}))[2])
    check.holds("and a plain one is answered afterwards", answer["rows"][0]["n"] > 1000, answer)
    cut = json.loads(town.ask("/data/sql.json?" + urllib.parse.urlencode({"sql": "select a.code from service_requests a, service_requests b"}))[2])
    check.equal("a limit that cuts says so", (cut["cut_by"], cut["count"]), ("rows", 10000))


def socrata(check, town):
    """sodapy as it is, but for its https."""
    client = sodapy.Socrata(town.url.split("//")[1], None, timeout=60)
    client.uri_prefix = "http://"
    rows = client.get("weather_jfk_2013", select="wind_dir, count(*) as n", where="temp > 40", group="wind_dir", order="n desc", limit=3)
    with open(os.path.join(ROOT, "demo/weather.csv"), encoding="utf-8") as file:
        warm = [row["wind_dir"] for row in csv.DictReader(file) if row["temp"] != "NA" and float(row["temp"]) > 40]
    most = sorted({wind: warm.count(wind) for wind in warm}.values(), reverse=True)[:3]
    check.equal("sodapy: grouped as Python counts", [int(row["n"]) for row in rows], most)
    check.equal("sodapy: pages", sum(1 for _ in client.get_all("weather_jfk_2013", limit=1000)), 2155)


OWN = {
    "commitments": ("due_at", 4), "votes": ("phase", 2), "vote-results": ("ballots", 10), "participation-processes": ("standing", 1),
    "proposals": ("supports", 5), "proposal-decisions": ("verdict", 1), "service-performance": ("suppressed", 5), "conversations": ("phase", 1),
    "conversation-statements": ("suppressed", 10), "districts": ("area_km2", 15),
}


def rooms(check, town):
    """What the rooms publish of their own activity: there, without small counts, without words of residents."""
    for name, (column, least) in OWN.items():
        rows = rows_of(town, f"/data/{name}/{name.replace('-', '_')}.csv")
        check.holds(f"{name}: rows of the demo", len(rows) >= least and column in rows[0], (len(rows), list(rows[0]) if rows else []))
    performance = rows_of(town, "/data/service-performance/service_performance.csv")
    told = [int(row["applications"]) for row in performance if row["applications"]]
    check.holds("services: no group of fewer than ten", told and min(told) >= 10, told[:5])
    statements = rows_of(town, "/data/conversation-statements/conversation_statements.csv")
    counts = [int(row[name]) for row in statements for name in ("agrees", "disagrees", "passes", "important") if row[name]]
    check.holds("conversations: no count of one to four", counts and not any(0 < count < 5 for count in counts))
    supports = [int(row["supports"]) for row in rows_of(town, "/data/proposals/proposals.csv") if row["supports"]]
    check.holds("proposals: no count of one to four", not any(0 < count < 5 for count in supports))
    results = rows_of(town, "/data/vote-results/vote_results.csv")
    vote = next(row for row in rows_of(town, "/data/votes/votes.csv") if row["phase"] == "decided" and row["ballots_url"].endswith(".pb"))
    lines = town.ask(urllib.parse.urlparse(vote["ballots_url"]).path)[2].decode().splitlines()
    at = lines.index("VOTES")
    place = lines[at + 1].split(";").index("vote")
    ballots = [line.split(";")[place].split(",") for line in lines[at + 2 :]]
    of = {row["option"]: int(row["ballots"]) for row in results if row["vote"] == vote["vote"]}
    check.equal("votes: counted as the published .pb says", of, {option: sum(option in ballot for ballot in ballots) for option in of})


def story(check, town):
    """The story of the lamps, worked out again by Python from the three tables."""
    told = json.loads(town.ask("/data/stories/lamps.json")[2])
    days = {}
    for row in rows_of(town, "/data/service-requests/service_requests.csv"):
        if "light" in row["category"] and row["district"]:
            days.setdefault(row["district"], []).append(int(row["days_open"]) if row["closed_at"] else math.inf)
    half = {district: sorted(all_days)[(len(all_days) + 1) // 2 - 1] for district, all_days in days.items() if len(all_days) >= 5}
    half = {district: None if days == math.inf else days for district, days in half.items()}
    check.equal("the story counts as Python does", {str(row["district"]): row["median_days"] for row in told["rows"]}, half)
    check.holds("and joins three tables", len(told["datasets"]) == 3 and len(told["rows"]) > 2)
    page = town.ask("/data/stories/lamps")[2].decode()
    check.holds("with a chart, a map and its SQL", page.count("<svg") >= 2 and "row_number()" in page)


def features(check, town):
    """OGC API Features by owslib and by GDAL as they are."""
    api = OwsFeatures(f"{town.url}/ogc/features")
    check.holds("owslib: conformance", any(uri.endswith("conf/core") for uri in api.conformance()["conformsTo"]))
    names = api.feature_collections()
    check.holds("owslib: tables that have points", {"service_requests", "districts", "commitments"} <= set(names), names)
    source = [row for row in rows_of(town, "/data/service-requests/service_requests.csv") if row["lat"]]
    all_rows = rows_of(town, "/data/service-requests/service_requests.csv")
    page = api.collection_items("service_requests", limit=7)
    check.equal("owslib: a page and how many there are", (len(page["features"]), page["numberReturned"], page["numberMatched"]), (7, 7, len(all_rows)))
    west, south, east, north = -118.3, 34.0, -118.2, 34.1
    inside = [row for row in source if west <= float(row["long"]) <= east and south <= float(row["lat"]) <= north]
    found = api.collection_items("service_requests", bbox=[west, south, east, north], limit=10000)
    check.equal("owslib: a box as Python counts", (found["numberMatched"], len(found["features"])), (len(inside), len(inside)))
    walked, address = 0, f"{town.url}/ogc/features/collections/service_requests/items?limit=3000"
    while address:
        page = json.loads(urllib.request.urlopen(address, timeout=60).read())
        walked += page["numberReturned"]
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    check.equal("every feature once, page by page", walked, len(all_rows))
    item = api.collection_item("service_requests", "1")
    check.equal("owslib: one feature", (item["id"], item["properties"]["code"]), (1, all_rows[0]["code"]))
    for bad in ["bbox=1,2,3", "limit=0", "limit=x", "unheard=1", "datetime=yesterday", "bbox=0,9,1,2"]:
        check.equal(f"{bad} is a 400", town.ask(f"/ogc/features/collections/service_requests/items?{bad}")[0], 400)
    shapes_of_lines(check, town)
    ran = subprocess.run(["ogrinfo", "-ro", "-so", f"OAPIF:{town.url}/ogc/features", "districts"], capture_output=True, text=True, timeout=120, check=False)
    check.holds("ogrinfo reads the layer", ran.returncode == 0 and "Feature Count: 15" in ran.stdout and "Geometry: " in ran.stdout, ran.stdout[-800:] + ran.stderr[-400:])


def shapes_of_lines(check, town):
    """Lines and areas, from well-known text and from GeoJSON, by owslib and GDAL."""
    ckan = ckanapi.RemoteCKAN(town.url, apikey=town.token("administrator"))
    owner = ckan.action.organization_list(all_fields=True)[0]
    ckan.action.package_create(name="ways", title="Ways", notes="Ways and greens.", owner_org=owner["id"], license_id="cc-zero")
    table = 'name,geom\nslope,"LINESTRING (-118.4 34.0, -118.2 34.2)"\ngreen,"POLYGON ((-118.5 33.9, -118.45 33.9, -118.45 33.95, -118.5 33.9))"\nnothing,\n'
    ckan.action.resource_create(package_id="ways", name="ways", upload=("ways.csv", io.BytesIO(table.encode())))
    with open(os.path.join(DATA, "geo/amsterdam.geojson"), "rb") as file:
        amsterdam = file.read()
    ckan.action.package_create(name="amsterdam", title="Amsterdam", notes="Districts elsewhere.", owner_org=owner["id"], license_id="cc-zero")
    ckan.action.resource_create(package_id="amsterdam", name="amsterdam", upload=("amsterdam.geojson", io.BytesIO(amsterdam)))
    api = OwsFeatures(f"{town.url}/ogc/features")
    check.holds("owslib: tables of lines and areas", {"ways", "amsterdam"} <= set(api.feature_collections()))
    found = api.collection_items("ways", bbox=[-118.31, 34.09, -118.29, 34.11])["features"]
    check.equal("owslib: a box that the line crosses", [(one["properties"]["name"], one["geometry"]["type"]) for one in found], [("slope", "LineString")])
    check.equal("owslib: a box beside it, within its own", api.collection_items("ways", bbox=[-118.39, 34.15, -118.35, 34.19])["numberMatched"], 0)
    source = json.loads(amsterdam)["features"]
    ran = subprocess.run(["ogrinfo", "-ro", "-al", "-so", f"OAPIF:{town.url}/ogc/features", "amsterdam"], capture_output=True, text=True, timeout=120, check=False)
    check.holds("ogrinfo counts the areas", ran.returncode == 0 and f"Feature Count: {len(source)}" in ran.stdout, ran.stdout[-800:] + ran.stderr[-400:])
    ran = subprocess.run(["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", f"OAPIF:{town.url}/ogc/features", "amsterdam"], capture_output=True, text=True, timeout=120, check=False)
    given = json.loads(ran.stdout)["features"] if ran.returncode == 0 else []
    check.equal("ogr2ogr gives every area back", sorted(one["geometry"]["type"] for one in given), sorted(one["geometry"]["type"] for one in source))
    for name in ["ways", "amsterdam"]:
        ckan.action.package_delete(id=name)


def large_files(check, town):
    """A large file is watched, survives kill -9, and another is stopped without a trace."""
    token = town.token("administrator")
    ckan = ckanapi.RemoteCKAN(town.url, apikey=token)
    owner = ckan.action.organization_list(all_fields=True)[0]
    ckan.action.package_create(name="large", title="Large", notes="Many rows.", owner_org=owner["id"], license_id="cc-zero")
    rows = 700_000
    table = "number,street,share\n" + "".join(f"{n},Street {n % 977} by the river,{n / 7:.6f}\n" for n in range(rows)) + "a,b,c,d\n"
    bearer = {"authorization": f"Bearer {token}"}

    def hand_in(name):
        head = f'--x\r\ncontent-disposition: form-data; name="file"; filename="{name}.csv"\r\ncontent-type: text/csv\r\n\r\n'
        body = head.encode() + table.encode() + b"\r\n--x--\r\n"
        status, headers, answer = town.ask("/data/large/add.json", body, {**bearer, "content-type": "multipart/form-data; boundary=x"}, timeout=120)
        check.equal("a large file is begun", status, 202)
        return {key.lower(): value for key, value in headers.items()}["location"].replace(town.url, "").split("//", 1)[-1].partition("/")[2]

    def now(path):
        return json.loads(town.ask("/" + path, headers=bearer)[2])

    path, seen = hand_in("large"), []
    while True:
        seen.append(now(path))
        if seen[-1]["state"] != "waiting" or seen[-1]["percent"] > 45:
            break
        time.sleep(0.1)
    check.holds("it says how far it is", seen[-1]["state"] == "waiting" and seen[-1]["done"] > 0, seen[-1])
    town.stop(signal.SIGKILL)
    town.start(120)
    check.equal("nothing is half there", json.loads(town.ask("/data/large.json", headers=bearer)[2])["resources"], [])
    begun = time.monotonic()
    while now(path)["state"] == "waiting" and time.monotonic() - begun < 180:
        time.sleep(0.3)
    last = now(path)
    check.equal("after kill -9 it goes on by itself", (last["state"], last["percent"]), ("done", 100))
    print(f"  taken in {time.monotonic() - begun:.1f} s after the restart", flush=True)
    time.sleep(1.5)
    resource = json.loads(town.ask("/data/large.json", headers=bearer)[2])["resources"]
    check.equal("every row once", [(one["rows"], one["set_aside"]) for one in resource], [(rows, 1)])
    path = hand_in("second")
    status, _, body = town.ask("/" + path.replace(".json", "/cancel.json"), {}, {**bearer, "sec-fetch-site": "same-origin"}, method="POST")
    check.equal("it is stopped", (status, json.loads(body)["state"]), (200, "cancelled"))
    time.sleep(3)
    check.equal("and leaves nothing", len(json.loads(town.ask("/data/large.json", headers=bearer)[2])["resources"]), 1)
    ckan.action.package_delete(id="large")


def workbooks(check, town):
    status, _, body = town.ask("/data/weather-jfk-2013/weather_jfk_2013/file/xlsx")
    sheet = zipfile.ZipFile(io.BytesIO(body)).read("xl/worksheets/sheet1.xml").decode()
    check.equal("a workbook with every row and no formula", (status, sheet.count("<row>"), sheet.count("<f>")), (200, 2156, 0))


def parquet_files(check, town):
    """Parquet written and read by Apache Arrow itself; parts of a file by their range."""
    at = datetime.datetime(2026, 3, 1, 10, 0, 0, 250000)
    source = pyarrow.table(
        {
            "code": ["007", "012", None],
            "lamps": pyarrow.array([1, None, 2**62], pyarrow.int64()),
            "share": [0.1 + 0.2, 1e300, None],
            "price": pyarrow.array([decimal.Decimal("12.50"), None, decimal.Decimal("-0.05")], pyarrow.decimal128(9, 2)),
            "day": [at.date(), datetime.date(1969, 12, 31), None],
            "utc": pyarrow.array([at, None, at], pyarrow.timestamp("ms", tz="UTC")),
            "local": pyarrow.array([at, at, None], pyarrow.timestamp("ns")),
            "open": [True, False, None],
            "tags": [["a", "b"], [], None],
        }
    )
    ckan = ckanapi.RemoteCKAN(town.url, apikey=town.token("administrator"))
    owner = ckan.action.organization_list(all_fields=True)[0]
    ckan.action.package_create(name="arrow", title="Arrow", owner_org=owner["id"], license_id="cc-zero")
    for packed in ["snappy", "none", "gzip", "zstd", "lz4"]:
        file = io.BytesIO()
        pyarrow.parquet.write_table(source, file, compression=packed)
        up = ckan.action.resource_create(package_id="arrow", name=f"arrow {packed}", upload=(f"{packed}.parquet", io.BytesIO(file.getvalue())))
        check.holds(f"Arrow's file packed by {packed} becomes a table", up["datastore_active"] and up["format"] == "Parquet", up)
        rows = ckan.action.datastore_search(resource_id=up["id"], sort="_id")["records"]
        found = [[row[key] for key in source.column_names] for row in rows]
        wanted = [
            ["007", 1, 0.1 + 0.2, 12.5, "2026-03-01", "2026-03-01T10:00:00.25Z", "2026-03-01T10:00:00.25", True, '["a","b"]'],
            ["012", None, 1e300, None, "1969-12-31", None, "2026-03-01T10:00:00.25", False, "[]"],
            [None, 2**62, None, -0.05, None, "2026-03-01T10:00:00.25Z", None, None, None],
        ]
        check.equal(f"its cells, packed by {packed}", found, wanted)
        status, headers, part = town.ask(up["url"].replace(town.url, ""), headers={"Range": "bytes=-8"})
        told = {key.lower(): value for key, value in headers.items()}
        check.equal("the end of the file alone", (status, part, told.get("content-range")), (206, file.getvalue()[-8:], f"bytes {len(file.getvalue()) - 8}-{len(file.getvalue()) - 1}/{len(file.getvalue())}"))
    file = io.BytesIO()
    pyarrow.parquet.write_table(source, file, compression="none")
    # A list in one row that the file's own words make long; a page that claims two billion bytes; what is packed otherwise.
    long, delta = io.BytesIO(), io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"a": [[None] * 5_000_001]}), long)
    pyarrow.parquet.write_table(pyarrow.table({"a": ["x" * 100_000] * 20}), delta, use_dictionary=False, column_encoding="DELTA_BYTE_ARRAY")
    hostile_files = [("long", long.getvalue(), "cells"), ("delta", delta.getvalue(), "Parquet"), ("cut", file.getvalue()[:200] + file.getvalue()[-200:], "Parquet")]
    for packed in ["brotli"]:
        other = io.BytesIO()
        pyarrow.parquet.write_table(source, other, compression=packed)
        hostile_files.append((packed, other.getvalue(), "Snappy"))
    for name, content, word in hostile_files:
        try:
            ckan.action.resource_create(package_id="arrow", name=name, upload=(f"{name}.parquet", io.BytesIO(content)))
            check.holds(f"{name} is refused", False)
        except ckanapi.ValidationError as told:
            check.holds(f"{name} is refused in a sentence", word in str(told), told)
    status, _, body = town.ask("/data/weather-jfk-2013/weather_jfk_2013/file/parquet")
    out = pyarrow.parquet.read_table(io.BytesIO(body))
    plain = rows_of(town, "/data/weather-jfk-2013/weather_jfk_2013.csv")
    temp = [None if row["temp"] == "" else float(row["temp"]) for row in plain]
    check.equal("Arrow reads what goes out", (status, out.num_rows, out.column("temp").to_pylist()), (200, len(plain), temp))
    check.holds("with types", pyarrow.types.is_floating(out.schema.field("temp").type) and pyarrow.types.is_timestamp(out.schema.field("time_hour").type), out.schema)
    requests = pyarrow.parquet.read_table(io.BytesIO(town.ask("/data/service-requests/service_requests/file/parquet", timeout=120)[2]))
    check.equal("and every request of the town", requests.num_rows, len(rows_of(town, "/data/service-requests/service_requests.csv")))
    ckan.action.package_delete(id="arrow")


if __name__ == "__main__":
    checks = Checks("open data")
    town = Town()
    try:
        town.start(120)
        for part in [read, write, frictionless_reads, shapes, data_json, hostile, socrata, rooms, story, features, workbooks, parquet_files, large_files]:
            part(checks, town)
    finally:
        town.throw_away()
    checks.finish()
