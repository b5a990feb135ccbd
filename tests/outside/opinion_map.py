"""What `polity map` says of the four real conversations, worked out again by numpy and scikit-learn from the same files."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import warnings
import xml.dom.minidom

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from town import Checks

warnings.filterwarnings("ignore")
check = Checks("opinion_map")
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "../../../shared/data/polis")
POLITY = os.environ.get("POLITY_BINARY", "polity").split()
PEER = {"15-per-hour-seattle": 0.459, "brexit-consensus": 0.636, "vtaiwan.uberx": 0.826, "american-assembly.bowling-green": 0.424}


def asked(*arguments):
    return subprocess.run([*POLITY, "map", *arguments], capture_output=True, text=True, check=True).stdout


def load(folder):
    with open(os.path.join(folder, "participants-votes.csv"), encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    order = sorted(rows, key=lambda row: int(row[0]))
    votes = np.array([[np.nan if cell == "" else float(cell) for cell in row[6:]] for row in order])
    with open(os.path.join(folder, "comments.csv"), encoding="utf-8") as file:
        out = {row["comment-id"] for row in csv.DictReader(file) if row["moderated"] == "-1"}
    return [row[0] for row in order], {row[0]: row[1] for row in order if row[1]}, header[6:], votes, out


def places(votes, statements, out):
    """Imputed, centred, decomposed whole by numpy."""
    zeroed = votes.copy()
    zeroed[:, [name in out for name in statements]] = 0
    mean = np.nan_to_num(np.nanmean(zeroed, axis=0))
    centred = np.where(np.isnan(zeroed), 0, zeroed - mean)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:2]
    seen = np.maximum((~np.isnan(zeroed)).sum(1), 1)
    return mean, axes, centred @ axes.T * np.sqrt(len(statements) / seen)[:, None]


for name, peer in PEER.items():
    folder = os.path.join(DATA, name)
    people, production, statements, votes, out = load(folder)
    said = json.loads(asked(folder, "--seed", "1", "--json"))
    mean, axes, place = places(votes, statements, out)
    found = np.array([said["coordinates"]["people"][person] for person in people])
    ours = np.array([[said["axes"]["directions"][axis][one] for one in statements] for axis in (0, 1)])
    signs = np.sign((ours * axes).sum(1))
    check.holds(f"{name}: centre", np.abs([said["axes"]["centre"][one] for one in statements] - mean).max() < 1e-9, "")
    check.holds(f"{name}: axes", np.abs(ours - axes * signs[:, None]).max() < 1e-9, "")
    check.holds(f"{name}: places", np.abs(found - place * signs).max() < 1e-9, "")
    admitted = (~np.isnan(votes)).sum(1) >= min(7, len(statements))
    label = {str(person): group["id"] for group in said["groups"] for person in group["members"]}
    check.equal(f"{name}: who is on the map", sorted(label), sorted(person for person, is_in in zip(people, admitted, strict=True) if is_in))
    on_map = found[admitted]
    for division in said["divisions"]:
        other = KMeans(division["groups"], n_init=50, random_state=0).fit(on_map)
        better = division["inertia"] <= other.inertia_ * 1.001
        check.holds(f"{name}: k-means with {division['groups']}", better, f"{division['inertia']} {other.inertia_}")
    own = [label[person] for person, is_in in zip(people, admitted, strict=True) if is_in]
    chosen = next(one for one in said["divisions"] if one["groups"] == len(said["groups"]))
    check.holds(f"{name}: silhouette", abs(silhouette_score(on_map, own) - chosen["silhouette"]) < 1e-9, "")
    both = [person for person in people if person in label and person in production]
    index = adjusted_rand_score([production[person] for person in both], [label[person] for person in both])
    check.holds(f"{name}: agreement with production, {index:.4f}", round(index, 3) >= peer, f"{index} {peer}")
    check.holds(f"{name}: the command says so too", abs(said["agreement_with_given_groups"] - index) < 1e-9, "")
    check.equal(f"{name}: once more, the same", json.loads(asked(folder, "--seed", "1", "--json")), said)
    with tempfile.TemporaryDirectory() as scratch:
        picture = os.path.join(scratch, "map.svg")
        words = asked(folder, "--svg", picture)
        drawn = xml.dom.minidom.parse(picture)
        check.equal(f"{name}: title and description", [len(drawn.getElementsByTagName(tag)) for tag in ("title", "desc")], [1, 1])
        check.holds(f"{name}: the table has the groups", all(f"Group {group['id']} " in words for group in said["groups"]), words[:300])

missing = subprocess.run([*POLITY, "map", HERE], capture_output=True, text=True, check=False)
check.holds("a folder without votes is refused", missing.returncode != 0 and "neither" in missing.stderr, missing.stderr)
check.finish()
