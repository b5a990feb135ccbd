"""Open311 GeoReport v2 with unmodified clients, on real data."""

import csv
import json
import os
import xml.etree.ElementTree as ElementTree

from georeport.georeport import GeoReport

from town import Checks, Town

check = Checks("open311")
town = Town()
town.start()
V2 = f"{town.url}/open311/v2"
STANDS_AT = "2018-01-08T17:00:00Z"


def open_in_the_facts():
    """How many of the real requests had not ended when the demo's replay stops: counted from the file, not by Polity."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../demo/requests.csv"), newline="", encoding="utf-8") as file:
        return sum(not row["closed_at"] or row["closed_at"] >= STANDS_AT for row in csv.DictReader(file))


OPEN = open_in_the_facts()
FIELDS = ["service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url"]


def read(path, data=None, headers=None):
    status, heads, body = town.ask(f"/open311/v2/{path}", data, headers)
    return status, heads.get("content-type"), body


def clients():
    for form in ("json", "xml"):
        client = GeoReport(f"{V2}/", jurisdiction="losangeles.example", output_format=form)
        services = client.get_service_list()
        check.equal(f"{form}: services", len(services), 12)
        check.holds(f"{form}: service fields", {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"} <= set(services[0]))
        definition = client.get_service_definition("bulky-items")
        check.equal(f"{form}: definition", definition["service_code"], "bulky-items")
        check.holds(f"{form}: definition has attributes", bool(definition["attributes"]))
        found = client.get_service_requests()
        check.equal(f"{form}: at most 1,000", len(found), 1000)
        check.equal(f"{form}: all fields", sorted(found[0]), sorted(FIELDS))
        one = client.get_service_request(found[0]["service_request_id"])
        check.equal(f"{form}: one", one["service_request_id"], found[0]["service_request_id"])
        named = client.get_service_requests(service_request_id=",".join(r["service_request_id"] for r in found[:3]))
        check.equal(f"{form}: three named", len(named), 3)
        graffiti = client.get_service_requests(service_code="graffiti", status="closed", start_date="2017-12-27T00:00:00Z", end_date="2018-01-02T00:00:00Z")
        check.holds(f"{form}: filters", graffiti and all(r["service_code"] == "graffiti" and r["status"] == "closed" for r in graffiti))
        check.holds(f"{form}: an end is promised after the report", all(r["expected_datetime"] > r["requested_datetime"] for r in graffiti))
        open_ones = client.get_service_requests(status="open")
        check.equal(f"{form}: the open ones of the real data", len(open_ones), OPEN)
    plain = GeoReport(V2)
    check.equal("without jurisdiction", len(plain.get_service_list()), 12)


def contract():
    for suffix, kind in (("json", "application/json; charset=utf-8"), ("xml", "text/xml; charset=utf-8")):
        for path in ("services", "services/bulky-items", "requests", "discovery", "servicerequestupdates"):
            status, content, body = read(f"{path}.{suffix}")
            check.equal(f"{path}.{suffix} status", status, 200)
            check.equal(f"{path}.{suffix} type", content, kind)
            check.holds(f"{path}.{suffix} reads", json.loads(body) is not None if suffix == "json" else ElementTree.fromstring(body) is not None)
        for path, code in (("requests/none", 404), ("services/none", 404), ("tokens/none", 404), ("requests/", 404)):
            status, _, body = read(f"{path}.{suffix}")
            check.equal(f"{path}.{suffix}", status, code)
            shape = json.loads(body)[0]["code"] if suffix == "json" else int(ElementTree.fromstring(body).find("error/code").text)
            check.equal(f"{path}.{suffix} error shape", shape, code)
    check.holds("services is a list", isinstance(json.loads(read("services.json")[2]), list))
    check.holds("a definition is an object", isinstance(json.loads(read("services/graffiti.json")[2]), dict))
    check.holds("ids are strings", all(isinstance(r["service_request_id"], str) for r in json.loads(read("requests.json?page_size=5")[2])))
    check.equal("roots", [ElementTree.fromstring(read(f"{p}.xml")[2]).tag for p in ("services", "requests", "discovery", "services/graffiti")], ["services", "service_requests", "discovery", "service_definition"])
    for query in ("jurisdiction_id=elsewhere", "page=-1", "page=1e9", "status=broken", "start_date=tomorrow", "service_code=none", "start_date=2016-01-01T00:00:00Z&end_date=2018-01-01T00:00:00Z"):
        status, _, body = read(f"requests.json?{query}")
        check.holds(f"{query}: a clear sentence", status in (400, 404) and len(json.loads(body)[0]["description"]) > 15, body[:200])
    pages = [json.loads(read(f"requests.json?page={n}&page_size=50")[2]) for n in (1, 2, 3)]
    ids = [r["service_request_id"] for page in pages for r in page]
    check.equal("pages do not overlap", len(set(ids)), 150)
    many = json.loads(read("requests.json?page_size=1000&page=11")[2])
    check.equal("past the end", many, [])


def writing():
    key = town.token("open311")
    for suffix in ("json", "xml"):
        report = {"api_key": key, "service_code": "graffiti", "lat": "34.05", "long": "-118.25", "description": "Wall, é à ü", "email": "a@b.example", "first_name": "Ann", "last_name": "Lee", "phone": "1", "device_id": "d", "account_id": "7", "media_url": "https://example.org/p.jpg", "attribute[where]": "wall", "jurisdiction_id": "losangeles.example"}
        definition = json.loads(read("services/graffiti.json")[2])
        report = {name: value for name, value in report.items() if not name.startswith("attribute")}
        for question in definition["attributes"]:
            if question["required"]:
                report[f"attribute[{question['code']}]"] = question["values"][0]["key"] if question.get("values") else "1"
        status, _, body = read(f"requests.{suffix}", report)
        check.equal(f"POST requests.{suffix}", status, 200)
        code = json.loads(body)[0]["service_request_id"] if suffix == "json" else ElementTree.fromstring(body).find("request/service_request_id").text
        one = json.loads(read(f"requests/{code}.json")[2])[0]
        check.equal("what was sent is read back", (one["description"], one["lat"], one["long"], one["media_url"]), ("Wall, é à ü", 34.05, -118.25, "https://example.org/p.jpg"))
        check.holds("the reporter is private", b"Ann" not in read(f"requests/{code}.json?extensions=true")[2])
        check.equal(f"tokens/{code}", read(f"tokens/{code}.{suffix}")[0], 200)
        update = {"api_key": key, "update_id": f"u-{suffix}", "updated_datetime": "2026-11-23T08:00:00Z", "service_request_id": code, "status": "OPEN", "description": "Still there"}
        check.equal(f"POST servicerequestupdates.{suffix}", read(f"servicerequestupdates.{suffix}", update)[0], 200)
    check.equal("the two new ones are open too", len(json.loads(read("requests.json?status=open")[2])), OPEN + 2)
    check.equal("no key", read("requests.xml", {"service_code": "graffiti", "address_string": "x"})[0], 403)
    check.equal("wrong key", read("requests.json", {"api_key": "WRONG", "service_code": "graffiti"})[0], 403)
    check.equal("outside the town", read("requests.json", {"api_key": key, "service_code": "graffiti", "lat": "0", "long": "0"})[0], 400)


def recorded():
    """The calls that four real clients made elsewhere, with our own ids, services and jurisdiction in them."""
    key = town.token("open311")
    here = os.path.dirname(os.path.abspath(__file__))
    known = json.loads(read("requests.json?page_size=2")[2])
    swap = {"city.gov": "losangeles.example", "/requests/1.": f"/requests/{known[0]['service_request_id']}.", "1%2C2": "%2C".join(r["service_request_id"] for r in known), "t2.": f"{known[0]['service_request_id']}.", "/POT.": "/graffiti.", "api_key=KEY": f"api_key={key}"}

    def ours(line):
        for old, new in swap.items():
            line = line.replace(old, new)
        return line

    with open(os.path.join(here, "recorded_requests.txt"), encoding="utf-8") as lines:
        for line in lines:
            method, path, status = line.split()
            if method == "GET":
                answered = town.ask(ours(path))[0]
                check.equal(f"recorded {line.strip()}", answered, int(status))
    with open(os.path.join(here, "recorded_bodies.txt"), encoding="utf-8") as lines:
        for line in lines:
            body = ours(line.strip()).replace("service_code=POT", "service_code=graffiti").replace("service_code=BIN", "service_code=graffiti").replace("lat=51.500000", "lat=34.05").replace("long=-0.100000", "long=-118.25").replace("attribute%5BSIZE%5D=L", "")
            wanted = 403 if "WRONG" in body else 200
            for question in json.loads(read("services/graffiti.json")[2])["attributes"]:
                if question["required"]:
                    body += f"&attribute%5B{question['code']}%5D={question['values'][0]['key'] if question.get('values') else '1'}"
            check.equal("recorded body", town.ask("/open311/v2/requests.xml", body.encode())[0], wanted)


try:
    clients()
    contract()
    writing()
    recorded()
    check.holds("sixty assertions at least", check.passed >= 60)
finally:
    town.throw_away()
check.finish()
