"""What the benches of the engines share: both sides are measured by the same clock, the processor time of the whole process or of a part of it."""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
RUNS = 5


def example(crate, name):
    """Builds an example of a crate and answers its path."""
    subprocess.run(["cargo", "build", "--release", "--quiet", "-p", crate, "--example", name], cwd=ROOT, check=True)
    return os.path.join(target(), "release", "examples", name)


def target():
    """Where cargo builds."""
    said = subprocess.run(["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(said.stdout)["target_directory"]


def peer(name, *packages):
    """The Python of a virtual environment of its own with these packages of PyPI; POLITY_BENCH_TOOLS says where such environments are kept."""
    folder = os.path.join(os.environ.get("POLITY_BENCH_TOOLS", tempfile.gettempdir()), f"polity-bench-{name}")
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages], check=True)
    return python


def measured(command, environment=None):
    """What a command says (with this added to its environment), its processor seconds (user and system, all threads) and its peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def median_of(runs, act):
    """The medians of what an act gives, several times; each a dictionary of figures."""
    found = [act() for _ in range(runs)]
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def table(head, rows):
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |", flush=True)


def machine():
    return f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; all figures are processor time, user and system"


def growth(sizes, seconds):
    """How work grows: from each size to the next, how many times the work, and how many times n log n would be."""
    import math

    said = ["–"]
    for (n, before), (m, after) in zip(zip(sizes, seconds), list(zip(sizes, seconds))[1:]):
        said.append(f"{after / before:.2f} times (n log n: {m * math.log(m) / (n * math.log(n)):.2f})")
    return said
