"""A vote checked from outside: pabutools counts our file, `polity tally` gives the outcome again, the record pins both, and
ballots that should not count do not."""

import hashlib
import json
import os
import re
import subprocess
import tempfile
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from town import POLITY, Checks, Town

check = Checks("voting")
FORM = {"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}


def ids(projects):
    return sorted(project.name for project in projects)


def tally(path, *arguments):
    said = subprocess.run([POLITY, "tally", "budget", path, *arguments, "--json"], capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def the_past(town):
    """The vote of the demo with 20,000 simulated ballots."""
    votes = json.loads(town.ask("/votes.json")[2])["votes"]
    past = next(vote for vote in votes if vote["phase"] == "decided")
    check.equal("it says that it is simulated", past["origin"], "simulated")
    file, outcome = (town.ask(f"/votes/{past['code']}/{name}")[2] for name in ("ballots.pb", "outcome.json"))
    check.holds("the file says so too", b"simulated" in file)
    path = os.path.join(tempfile.mkdtemp(prefix="polity-voting-"), "ballots.pb")
    with open(path, "wb") as kept:
        kept.write(file)
    served = json.loads(outcome)
    command = served["command"].split()
    check.equal("the command is ours", command[:4], ["polity", "tally", "budget", "ballots.pb"])
    again = tally(path, *command[4:])
    for key in ("selected", "rounds", "lost", "spent", "accounting", "statistics"):
        check.holds(f"`polity tally` gives {key} again", again[key] == served[key])
    instance, profile = parse_pabulib(path)
    check.equal("pabutools reads every ballot", len(profile), 20_000)
    plain = tally(path, "--method", "equal-shares", "--satisfaction", "cost", "--completion", "none")
    theirs = method_of_equal_shares(instance, profile.as_multiprofile(), Cost_Sat)
    check.equal("pabutools decides the same by Equal Shares", ids(theirs), sorted(plain["selected"]))
    greedy = tally(path, "--method", "greedy", "--satisfaction", "cost")
    theirs = greedy_utilitarian_welfare(instance, profile.as_multiprofile(), Cost_Sat)
    check.equal("and by the greedy rule", ids(theirs), sorted(greedy["selected"]))
    check.holds("the two differ, as the demo is to show", sorted(greedy["selected"]) != sorted(served["selected"]))
    page = town.ask(f"/votes/{past['code']}/results")[2].decode()
    for name, body in (("file", file), ("outcome", outcome)):
        check.holds(f"the page names the hash of the {name}", hashlib.sha256(body).hexdigest() in page)
    said = subprocess.run([POLITY, "verify", town.url], capture_output=True, text=True)
    check.holds("`polity verify` holds", said.returncode == 0, said.stderr[-300:])
    return next(vote for vote in votes if vote["phase"] == "open")


def the_districts(town):
    """The vote of the demo with a sum for each district: every area is an election that strangers count alike."""
    votes = json.loads(town.ask("/votes.json")[2])["votes"]
    past = next(vote for vote in votes if vote["phase"] == "decided" and json.loads(town.ask(f"/votes/{vote['code']}.json")[2])["areas"])
    whole = json.loads(town.ask(f"/votes/{past['code']}.json")[2])
    outcome = json.loads(town.ask(f"/votes/{past['code']}/outcome.json")[2])
    ballots = town.ask(f"/votes/{past['code']}/ballots.csv")[2].decode().splitlines()[1:]
    check.equal("there is no one file that would be counted as one election", town.ask(f"/votes/{past['code']}/ballots.pb")[0], 404)
    check.equal("the sums are the budget", sum(area["cents"] for area in whole["areas"]), whole["budget"]["cents"])
    district = {option["id"]: option["district"] or "town" for option in whole["options"]}
    selected = []
    for area, told in zip(whole["areas"], outcome["areas"]):
        name = area["area"]
        file, served = town.ask(area["ballots_url"])[2], town.ask(area["outcome_url"])[2]
        path = os.path.join(tempfile.mkdtemp(prefix="polity-voting-"), f"{name}.pb")
        with open(path, "wb") as kept:
            kept.write(file)
        view = json.loads(served)
        selected += view["selected"]
        check.equal(f"{name}: the certificate's outcome pins both", (told["ballots_sha256"], told["outcome_sha256"]), tuple(hashlib.sha256(body).hexdigest() for body in (file, served)))
        # Who is counted here, worked out again from the ballots whole.
        here = [line for line in ballots if any(district[one] == name for one in line.split(",", 1)[1].strip('"').split(","))]
        instance, profile = parse_pabulib(path)
        check.equal(f"{name}: its file has the ballots that name it", (len(profile), told["ballots"]), (len(here), len(here)))
        check.equal(f"{name}: its file has its sum", float(instance.budget_limit) * 100, float(area["cents"]))
        again = tally(path, *view["command"].split()[4:])
        for key in ("selected", "rounds", "lost", "spent", "statistics"):
            check.holds(f"{name}: `polity tally` gives {key} again", again[key] == view[key])
        plain = tally(path, "--method", "equal-shares", "--satisfaction", "cost", "--completion", "none")
        check.equal(f"{name}: pabutools decides the same", ids(method_of_equal_shares(instance, profile.as_multiprofile(), Cost_Sat)), sorted(plain["selected"]))
        check.holds(f"{name}: its page leads to the recount", f"/recount?ballots={area['ballots_url']}".encode() in town.ask(f"/votes/{past['code']}/areas/{name}")[2])
    check.equal("what is selected is that of all areas", selected, outcome["selected"])
    open_one = next(vote for vote in votes if vote["phase"] == "open" and json.loads(town.ask(f"/votes/{vote['code']}.json")[2])["areas"])
    cookie = resident(town)
    cast = f"/votes/{open_one['code']}/ballots"
    by_area = {name: [one for one in district if district[one] == name] for name in set(district.values())}
    two = [("choice", by_area["3"][0]), ("choice", by_area["5"][0])]
    check.equal("two districts in one ballot are refused", ask_plain(town, cast, two, cookie)[0], 422)
    over = [("choice", one) for one in by_area["11"]]
    check.equal("more than the sum of a district is refused, whatever the town has", ask_plain(town, cast, over, cookie)[0], 422)
    good = [("choice", by_area["town"][0]), ("choice", by_area["11"][0])]
    check.equal("one district and the town are taken", ask_plain(town, cast, good, cookie)[0], 200)
    for path in ("", "/ballots.pb", "/outcome.json"):
        check.equal("no area tells anything before the close", town.ask(f"/votes/{open_one['code']}/areas/11{path}")[0], 404)


def resident(town):
    """The cookie of the demo's resident."""
    status, headers, _ = ask_plain(town, "/demo/be/resident", {})
    cookie = re.search(r"([a-z_]*session[a-z_]*=[^;]+)", headers.get("set-cookie", headers.get("Set-Cookie", "")))
    check.holds("one can be the resident", status == 303 and cookie is not None, str(headers))
    return cookie.group(1)


def ask_plain(town, path, fields, cookie=None):
    """Without following where it leads."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", town.port, timeout=30)
    connection.request("POST", path, urllib.parse.urlencode(fields), {**FORM, **({"cookie": cookie} if cookie else {})})
    answer = connection.getresponse()
    body = answer.read().decode()
    headers = {}
    for name, value in answer.getheaders():
        headers[name.lower()] = headers.get(name.lower(), "") + value + "\n"
    connection.close()
    return answer.status, headers, body


def the_open_one(town, vote):
    """Attacks on the vote that is open."""
    cookie = resident(town)
    whole = json.loads(town.ask(f"/votes/{vote['code']}.json")[2])
    check.equal("nobody has voted", sum(whole["turnout"].values()), 0)
    cast = f"/votes/{vote['code']}/ballots"
    every = [("choice", option["id"]) for option in whole["options"]]
    check.equal("more than the budget is refused", ask_plain(town, cast, every, cookie)[0], 422)
    check.equal("a foreign project is refused", ask_plain(town, cast, [("choice", "999")], cookie)[0], 422)
    check.equal("a visitor is sent to sign in", ask_plain(town, cast, [("choice", "001")])[0], 303)
    one = [("choice", whole["options"][-1]["id"])]
    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(lambda _: ask_plain(town, cast, one, cookie), range(64)))
    check.equal("of 64 ballots at once one counts", sorted({status: sum(1 for a in answers if a[0] == status) for status, *_ in answers}.items()), [(200, 1), (409, 63)])
    receipt = re.search(r'class="ref">([^<]+)<', next(body for status, _, body in answers if status == 200)).group(1)
    whole = json.loads(town.ask(f"/votes/{vote['code']}.json")[2])
    check.equal("one has voted", whole["turnout"], {"online": 1})
    # A receipt, right or wrong, opens nothing before the close.
    for asked in ("", f"?receipt={receipt}", "?receipt=2222-2222-2222-2222"):
        check.equal("no ballots before the close", town.ask(f"/votes/{vote['code']}/ballots{asked}")[0], 404)
    # Killed in the middle: the ballot is still there, and still counts once.
    town.stop(how=9)
    town.start()
    whole = json.loads(town.ask(f"/votes/{vote['code']}.json")[2])
    check.equal("after kill -9 one has voted", whole["turnout"], {"online": 1})
    check.equal("and not twice", ask_plain(town, cast, one, cookie)[0], 409)
    # With all files of the town but the keys, a thief finds neither the receipt nor the choice.
    town.stop()
    found = [name for name in os.listdir(town.folder) if receipt.encode() in open_bytes(os.path.join(town.folder, name))]
    check.equal("the receipt stands in no file", found, [])


def open_bytes(path):
    if not os.path.isfile(path):
        return b""
    with open(path, "rb") as file:
        return file.read()


town = Town(demo=True)
try:
    town.start(wait=120)
    whole_budget = the_past(town)
    the_districts(town)
    the_open_one(town, whole_budget)
finally:
    town.throw_away()
check.finish()
