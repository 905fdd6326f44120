"""Instructions a season, against a committed baseline.

Counts what the program executes under valgrind, which does not depend on what else the machine does:

    cargo build --release
    python3 benches/instructions.py target/release/matchday            # compares
    python3 benches/instructions.py target/release/matchday --write    # writes the baseline

What it prints is held against a run without valgrind: other vectors, the same bytes.

A case is run for few and for more seasons; the difference is what seasons cost. Valgrind knows AVX2 but not
AVX-512, so these are the instructions of a machine with AVX2. They change with the compiler: the baseline says
which one it was made with, and is compared with no other.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

BASELINE = Path(__file__).with_name("instructions.json")
# Waiting threads have been seen to add one and a half percent.
TOLERANCE = 0.05
# No more than are played before the clock is looked at for the first time.
SEASONS = (512, 4 * 512)
UCL = ["uefa-champions-league-2023-24", "--after", "start"]
CASES = {
    "group stage, plug-in": [*UCL, "--through", "groups", "--strengths", "plug-in"],
    "group stage, posterior": [*UCL, "--through", "groups"],
    "league phase, plug-in": [
        "uefa-champions-league-2024-25",
        *["--after", "start", "--through", "league", "--strengths", "plug-in"],
    ],
    "whole season, posterior": UCL,
}


def count(program, arguments, seasons):
    """What one run executes."""
    plain = [program, "project", *arguments, "-n", str(seasons), "--threads", "1"]
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *plain]
    # What the environment holds must not move anything.
    environment = {"PATH": os.environ["PATH"]}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    collected = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not collected:
        sys.exit(f"{' '.join(command)} failed:\n{run.stderr}")
    # With the widest vectors of the machine, and with those that valgrind knows.
    if run.stdout != subprocess.run(plain, capture_output=True, text=True).stdout:
        sys.exit(f"{' '.join(plain)} prints something else under valgrind")
    return int(collected[1])


def main():
    program, *options = sys.argv[1:]
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True).stdout.strip()
    few, more = SEASONS
    found = {}
    for name, arguments in CASES.items():
        cost = (count(program, arguments, more) - count(program, arguments, few)) / (more - few)
        found[name] = round(cost)
        print(f"{name}: {found[name]:,} instructions a season", flush=True)
    if options == ["--write"]:
        document = {"compiler": compiler, "instructions_a_season": found}
        BASELINE.write_text(json.dumps(document, indent=2) + "\n")
        return
    if not BASELINE.exists():
        sys.exit(f"there is no baseline: write {BASELINE.name} with --write")
    baseline = json.loads(BASELINE.read_text())
    if baseline["compiler"] != compiler:
        print(f"not compared: the baseline is of {baseline['compiler']}, and this is {compiler}")
        return
    worse = []
    for name, before in baseline["instructions_a_season"].items():
        change = found[name] / before - 1
        print(f"{name}: {change:+.1%}")
        if abs(change) > TOLERANCE:
            worse.append(name)
    if worse:
        sys.exit(
            f"more than {TOLERANCE:.0%} from the baseline: {', '.join(worse)}; if that is meant, write it anew"
        )


if __name__ == "__main__":
    main()
