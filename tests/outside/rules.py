"""Rules against OpenFisca: its country template's own tests, and drawn households, through both programs in the same run.

`engines/rules/tests/country/country.rules` is that country in our language. Households are drawn anew from a fixed seed; they are not the 300 that the
engine's own tests have. Where OpenFisca finds no parameter for a date, ours must name a fault; where ours says “not entitled”, theirs is 0.
"""

import csv
import glob
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

import numpy
import openfisca_country_template
import yaml
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_country_template import CountryTaxBenefitSystem
from town import Checks

check = Checks("rules")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COUNTRY = os.path.join(ROOT, "engines", "rules", "tests", "country", "country.rules")
FOLDER = tempfile.mkdtemp(prefix="polity-rules-")
RELATIVE = 1e-6
HOUSEHOLDS = 2_000
MONTHS = ["2012-06", "2014-11", "2015-11", "2015-12", "2016-11", "2016-12", "2017-01", "2024-02"]
PERSON = ["age", "pension", "basic_income", "income_tax", "social_security_contribution"]
HOUSEHOLD = ["household_income", "housing_allowance", "parenting_allowance", "meal_price", "swimming_pool_access", "total_benefits", "total_taxes", "disposable_income"]


def built():
    """The workbench alone, unless the program is named by POLITY_WORKBENCH."""
    if "POLITY_WORKBENCH" in os.environ:
        return os.environ["POLITY_WORKBENCH"]
    subprocess.run(["cargo", "build", "--quiet", "-p", "workbench", "--example", "workbench"], cwd=ROOT, check=True)
    said = subprocess.run(["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=ROOT, capture_output=True, text=True, check=True)
    return os.path.join(json.loads(said.stdout)["target_directory"], "debug", "examples", "workbench")


BINARY = built()

# The template's reforms, as changes of our text.
REFORMS = {
    "add_new_tax": lambda text: text + '\ninput has_car: yesno of person, each month otherwise yes\nrule new_tax: money of person, each month law "New Tax Act" from the beginning: if has_car then income_tax + 100 else 0\n',
    "add_dynamic_variable": lambda text: text + "\ninput goes_to_school: yesno of person, each month otherwise yes\n",
    "modify_social_security_taxation": lambda text: text.replace("above 0: 2%\n    above 6000: 6%\n    above 12400: 12%", "above 6000: 16%\n    above 12400: 12%\n    above 40000: 40%"),
    "parameters": lambda text: text.replace("from 2010-01-01: 25%\n  from 2016-12-01: none", "from 2010-01-01: 10%"),
}


def number(value):
    """The template's tests have sums such as `600 - 200 / 12` in them."""
    if isinstance(value, str) and re.fullmatch(r"[0-9. +*/()-]+", value):
        return eval(value, {"__builtins__": {}})  # noqa: S307 (figures only, by the pattern above)
    return value


def cases(source):
    """One test of the template as tests of ours: lists are several, what is expected of entities has names, births are OpenFisca's default."""
    lists = [value for part in ("input", "output") for value in source.get(part, {}).values() if isinstance(value, list)]
    for at in range(len(lists[0]) if lists else 1):
        one = json.loads(json.dumps(source, default=str))
        pick = lambda value: value[at] if isinstance(value, list) else value
        given, wanted = ({name: pick(value) for name, value in one.get(part, {}).items()} for part in ("input", "output"))
        if "persons" in given or "household" in given:
            facts = {"person": given.pop("persons", {}), "household": {"home": given.pop("household", {})}}
            facts["household"]["home"].update(given)
            for person in facts["person"].values():
                person.setdefault("birth", "1970-01-01")
                for name in ("salary",):
                    if isinstance(person.get(name), dict):  # a year's salary is spread over its months by OpenFisca; here it is 0
                        person[name] = {period: value for period, value in person[name].items() if len(period) > 4}
            expected = {}
            for name, value in wanted.items():
                if name == "persons":
                    expected["person"] = value
                elif name == "household":
                    expected["household"] = {"home": value}
                else:
                    expected[name] = value
        else:
            facts, expected = {"birth": "1970-01-01", **given}, wanted
        yield {"name": f"{source['name']} ({at + 1})" if lists else source["name"], "period": str(source["period"]), "input": facts, "output": walk(expected), "tolerance": str(source.get("absolute_error_margin", 0.005))}


def walk(expected):
    if isinstance(expected, dict):
        return {name: walk(value) for name, value in expected.items()}
    return number(expected)


def with_zero(case):
    """Where the template expects 0 of what somebody is not entitled to, ours is expected to say so."""
    copies = json.loads(json.dumps(case))

    def change(part):
        for name, value in part.items():
            if isinstance(value, dict):
                change(value) if name not in ("basic_income", "housing_allowance", "parenting_allowance") else part.update({name: {period: "not entitled" if figure == 0 else figure for period, figure in value.items()}})
            elif name in ("basic_income", "housing_allowance", "parenting_allowance") and value == 0:
                part[name] = "not entitled"

    change(copies["output"])
    return copies


def template_tests():
    folder = os.path.join(os.path.dirname(openfisca_country_template.__file__), "tests")
    with open(COUNTRY, encoding="utf-8") as file:
        text = file.read()
    seen = 0
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.yaml"), recursive=True)):
        with open(path, encoding="utf-8") as file:
            tests = yaml.load(file, Loader=yaml.SafeLoader)
        for at, test in enumerate(tests):
            seen += 1
            reform = test.pop("reforms", "").split(".")[-1] or ("parameters" if test.pop("parameters", None) else "")
            home = os.path.join(FOLDER, f"{seen}")
            os.mkdir(home)
            changed = REFORMS[reform](text) if reform else text
            check.holds(f"{path} {at}: the reform changes the text", (changed != text) == bool(reform))
            with open(os.path.join(home, "country.rules"), "w", encoding="utf-8") as file:
                file.write(changed)
            with open(os.path.join(home, "test.yaml"), "w", encoding="utf-8") as file:
                yaml.safe_dump([with_zero(case) for case in cases(test)], file, allow_unicode=True)
            said = subprocess.run([BINARY, "rules", "test", home], capture_output=True, text=True)
            check.holds(f"{os.path.basename(path)}: {test['name']}", said.returncode == 0, said.stdout + said.stderr)
    check.equal("tests of the template", seen, 38)
    theirs = [os.path.join(os.path.dirname(sys.executable), "openfisca"), "test", "--country-package", "openfisca_country_template", folder]
    said = subprocess.run(theirs, capture_output=True, text=True, cwd=FOLDER)
    check.holds("OpenFisca passes the same tests", said.returncode == 0 and "38 passed" in said.stdout, said.stdout[-300:] + said.stderr[-300:])
    # The tests can fail: another rate of income tax must be noticed.
    home = os.path.join(FOLDER, "wrong")
    shutil.copytree(os.path.join(FOLDER, "1"), home)
    found = 0
    for at in range(1, seen + 1):
        shutil.copy(os.path.join(FOLDER, str(at), "test.yaml"), home)
        with open(os.path.join(home, "country.rules"), "w", encoding="utf-8") as file:
            file.write(text.replace("from 2015-01-01: 15%", "from 2015-01-01: 14.9%"))
        found += subprocess.run([BINARY, "rules", "test", home], capture_output=True).returncode == 1
    check.holds("a wrong rate is noticed", found >= 5, found)


class Town:
    """Drawn households, as arrays for OpenFisca and as tables for us."""

    def __init__(self, seed):
        lot = random.Random(seed)
        self.people, self.homes = [], []
        for home in range(HOUSEHOLDS):
            self.homes.append((lot.choice([0, 333.33, 700, 1200.05]), lot.choice([0, 8, 20.5, 60, 250]), lot.choice(["owner", "tenant", "free_lodger", "homeless"])))
            for role, count in (("adults", lot.randint(1, 3)), ("children", lot.randint(0, 3))):
                for _ in range(count):
                    year = lot.randint(1930, 1995) if role == "adults" else lot.randint(1996, 2010)
                    birth = f"{year}-{lot.randint(1, 12):02}-{lot.randint(1, 28):02}"
                    salary = lot.choice([0, 249.5, 250, 499.99, 500, 1200.4, 6000, 12400, 15000.75, 99999.99]) if role == "adults" else 0
                    self.people.append((home, role, birth, salary, lot.choice([0, 0, 12.34, 4000])))

    def simulation(self, month):
        builder, system = SimulationBuilder(), SYSTEM
        builder.create_entities(system)
        builder.declare_person_entity("person", numpy.arange(len(self.people)))
        household = builder.declare_entity("household", numpy.arange(len(self.homes)))
        builder.join_with_persons(household, numpy.array([person[0] for person in self.people]), numpy.array([{"adults": "adult", "children": "child"}[person[1]] for person in self.people]))
        made, january = builder.build(system), f"{month[:4]}-01"
        made.set_input("birth", month, numpy.array([person[2] for person in self.people], dtype="datetime64[D]"))
        made.set_input("salary", month, numpy.array([person[3] for person in self.people]))
        made.set_input("capital_returns", month, numpy.array([person[4] for person in self.people]))
        made.set_input("rent", month, numpy.array([home[0] for home in self.homes]))
        made.set_input("accommodation_size", january, numpy.array([home[1] for home in self.homes]))
        made.set_input("housing_occupancy_status", january, numpy.array([home[2] for home in self.homes]))
        return made

    def tables(self, year):
        persons, homes = os.path.join(FOLDER, "persons.csv"), os.path.join(FOLDER, f"homes{year}.csv")
        with open(persons, "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["id", "household", "role", "birth", "salary", "capital_returns"])
            rows = [[f"p{at}", f"h{person[0]}", *person[1:]] for at, person in enumerate(self.people)]
            random.Random(1).shuffle(rows)
            table.writerows(rows)
        with open(homes, "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["id", "rent", f"accommodation_size@{year}-01", f"housing_occupancy_status@{year}-01"])
            table.writerows([f"h{at}", *home] for at, home in enumerate(self.homes))
        return persons, homes

    def ours(self, month, variables):
        persons, homes = self.tables(month[:4])
        command = [BINARY, "rules", "run", COUNTRY, "--persons", persons, "--groups", homes, "--period", month, "--variables", ",".join(variables)]
        said = subprocess.run(command, capture_output=True, text=True)
        check.equal(f"{month}: the run answers 0", (said.returncode, said.stderr), (0, ""))
        return {row["id"]: row for row in csv.DictReader(io.StringIO(said.stdout))}


def figure(cell):
    return 0.0 if cell == "not entitled" else float(cell)


def drawn_households():
    town, figures, faults = Town(20261126), 0, 0
    for month in MONTHS:
        made = town.simulation(month)
        for letter, variables in (("p", PERSON), ("h", HOUSEHOLD)):
            ours = town.ours(month, variables)
            for name in variables:
                cells = [ours[f"{letter}{at}"][name] for at in range(len(ours))]
                try:
                    theirs = made.calculate(name, month)
                except ParameterNotFoundError:
                    check.holds(f"{month} {name}: ours names the missing figure", all(cell.startswith("fault:") and "has no value on" in cell for cell in cells))
                    faults += len(cells)
                    continue
                off = [(at, cell, their) for at, (cell, their) in enumerate(zip(cells, theirs.tolist(), strict=True)) if cell.startswith("fault") or abs(figure(cell) - their) > RELATIVE * max(1.0, abs(their))]
                check.holds(f"{month} {name}: {len(cells)} figures", not off, off[:3])
                figures += len(cells)
    print(f"  {figures} figures and {faults} missing ones compared for {len(town.people)} persons in {HOUSEHOLDS} households")


SYSTEM = CountryTaxBenefitSystem()
template_tests()
drawn_households()
shutil.rmtree(FOLDER)
check.finish()
