#!/usr/bin/env python3
"""Log likelihoods at the optimum without a prior, held against penaltyblog's.

Writes a league of seeded synthetic matches, fits it with `matchday fit --prior none` and with
penaltyblog in an environment of its own, and fails where the two differ by more than 0.001. Without
network or without Python's venv it says so and passes.

Usage: tests/penaltyblog.py path/to/matchday
"""

import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import venv

VERSION = "1.13.1"
TEAMS = 12
TOLERANCE = 1e-3

EDITION = """name = "Synthetic league"
rulebook = "%s"
outcomes = [{ name = "champion", places = "league/1/1" }]

[[stage]]
id = "league"
name = "League"
order = "league"
legs = 2
groups = [{ id = "1", entrants = %s }]
"""
RULEBOOK = "premier-league-2019"


def count(generator, rate):
    """A Poisson count by inversion."""
    left, share, goals = generator.random(), math.exp(-rate), 0
    while left > share and goals < 15:
        left -= share
        goals += 1
        share *= rate / goals
    return goals


def matches():
    """Goals with a part in common and with rates that vary, so that no law is at its limit."""
    generator = random.Random(4)
    attack = [generator.gauss(0.0, 0.3) for _ in range(TEAMS)]
    defence = [generator.gauss(0.0, 0.3) for _ in range(TEAMS)]
    rows = []
    for home in range(TEAMS):
        for away in range(TEAMS):
            if home != away:
                common = count(generator, 0.2)
                vary = [generator.gammavariate(4.0, 0.25) for _ in range(2)]
                own = math.exp(0.25 + attack[home] - defence[away]) * vary[0]
                other = math.exp(attack[away] - defence[home]) * vary[1]
                goals = (count(generator, own) + common, count(generator, other) + common)
                rows.append((f"Team {home}", f"Team {away}", *goals))
    return rows


PENALTYBLOG = """
import json, sys
import penaltyblog.models as models
home, away, home_goals, away_goals = zip(*json.load(sys.stdin))
laws = {
    "poisson": models.PoissonGoalsModel,
    "dixon-coles": models.DixonColesGoalModel,
    "bivariate-poisson": models.BivariatePoissonGoalModel,
    "negative-binomial": models.NegativeBinomialGoalModel,
}
found = {}
for name, law in laws.items():
    model = law(home_goals, away_goals, home, away)
    # Its analytic gradient of Dixon-Coles is not that of its likelihood and stops short of the peak.
    options = {"ftol": 1e-9, "maxiter": 5000}
    model.fit(minimizer_options=options, use_gradient=name != "dixon-coles")
    found[name] = float(model.loglikelihood)
print(json.dumps(found))
"""


def ours(program, folder, model):
    command = [program, "fit", folder, "--model", model, "--prior", "none", "--format", "json"]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: {result.stderr}")
    return json.loads(result.stdout)["log_likelihood"]


def theirs(environment, rows):
    try:
        venv.create(environment, with_pip=True)
        python = os.path.join(environment, "bin", "python")
        install = [python, "-m", "pip", "install", "--quiet", f"penaltyblog=={VERSION}"]
        subprocess.run(install, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"not compared: penaltyblog {VERSION} cannot be installed ({error})")
        sys.exit(0)
    result = subprocess.run(
        [python, "-c", PENALTYBLOG], input=json.dumps(rows), capture_output=True, text=True
    )
    if result.returncode != 0:
        sys.exit(result.stderr)
    return json.loads(result.stdout)


def write(folder, rows):
    folder.mkdir()
    names = [f"Team {n}" for n in range(TEAMS)]
    (folder / "edition.toml").write_text(EDITION % (RULEBOOK, json.dumps(names)))
    (folder / "teams.csv").write_text("\n".join(["name", *names]) + "\n")
    lines = ["stage,group,matchday,date,home,away,home_goals,away_goals,status\n"]
    for number, (home, away, home_goals, away_goals) in enumerate(rows):
        day = f"2024-{1 + number // 28:02}-{1 + number % 28:02}"
        lines.append(f"league,1,{number + 1},{day},{home},{away},{home_goals},{away_goals},played\n")
    (folder / "matches.csv").write_text("".join(lines))


def main():
    program = sys.argv[1]
    rows = matches()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "league"
        write(folder, rows)
        known = theirs(os.path.join(temporary, "venv"), rows)
        differ = False
        for model, their in known.items():
            our = ours(program, folder, model)
            differ |= abs(our - their) > TOLERANCE
            print(f"{model:18} matchday {our:.6f}  penaltyblog {their:.6f}  {our - their:+.1e}")
    if differ:
        sys.exit(f"log likelihoods differ by more than {TOLERANCE}")


main()
