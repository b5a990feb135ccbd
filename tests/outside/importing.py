"""kill -9 in the middle of an import: what was stored is counted, and the same command completes it, nothing twice."""
import csv
import os
import pathlib
import signal
import sqlite3
import subprocess
import tempfile
import time

ROWS = 40_000
BINARY = os.environ["POLITY_BINARY"]
FACTS = pathlib.Path(__file__).resolve().parents[2] / "demo"


def table(path):
    with open(FACTS / "requests.csv", newline="", encoding="utf-8") as file:
        facts = list(csv.DictReader(file))
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, facts[0].keys())
        writer.writeheader()
        for number in range(ROWS):
            writer.writerow(facts[number % len(facts)] | {"source_number": f"K-{number}"})


def ask(town, sql):
    with sqlite3.connect(f"file:{town}/polity.db?mode=ro", uri=True) as db:
        return db.execute(sql).fetchone()[0]


def main():
    with tempfile.TemporaryDirectory() as folder:
        town, rows = f"{folder}/town", f"{folder}/rows.csv"
        subprocess.run([BINARY, "demo", "--dir", town, "--build-only"], check=True, stdout=subprocess.DEVNULL)
        table(rows)
        mapping = f"{folder}/map.toml"
        text = (FACTS / "requests.mapping.toml").read_text(encoding="utf-8")
        pathlib.Path(mapping).write_text(text.replace("myla311", "killed"), encoding="utf-8")
        command = [BINARY, "import", "requests", rows, "--map", mapping, "--dir", town, "--yes"]
        before = ask(town, "select count(*) from requests")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        told = 0
        while told < 5_000:
            assert process.poll() is None, "the import ended before it was killed"
            time.sleep(0.05)
            told = ask(town, "select coalesce(max(stored), 0) from request_imports")
        process.send_signal(signal.SIGKILL)
        process.wait()
        stored = ask(town, "select count(*) from requests") - before
        counted = ask(town, "select stored from request_imports")
        origins = ask(town, "select count(*) from request_origins")
        assert told <= stored == counted == origins < ROWS, (told, stored, counted, origins)
        done = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        assert f"{ROWS} rows = {ROWS - stored} stored + {stored} already there + 0 set aside" in done, done[-500:]
        assert ask(town, "select count(*) from requests") - before == ROWS
        entries = ask(town, "select count(*) from record_entries where saying = 'request.opened' and body like '%\"import\"%'")
        assert entries == ROWS, entries
        print(f"killed after {stored} of {ROWS} rows; the second run completed it")


main()
