"""Makes the virtual environment and installs the pinned packages; `python3 requirements/install.py platform|dev|bench`.

Runs on any Python that may be called python3, so that an old one gets a sentence instead of a traceback.
"""

import os
import subprocess
import sys

NEEDED = (3, 11)
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def fail(text):
    sys.stderr.write(text + "\n")
    sys.exit(2)


def run(command, trouble):
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    if subprocess.call(command, cwd=ROOT, env=environment) != 0:
        fail(trouble)


def main(which):
    if sys.version_info[:2] < NEEDED:
        fail(
            "Python %d.%d is too old; Phereclos needs 3.11 or newer. Name one with PYTHON=python3.11 make run."
            % sys.version_info[:2]
        )
    if not os.path.exists(PYTHON):
        print("Making a virtual environment in .venv")
        run(
            [sys.executable, "-m", "venv", VENV],
            "The virtual environment could not be made; on Debian install python3-venv, and make .venv writable.",
        )
    lock = os.path.join(HERE, which + ".txt")
    with open(lock, encoding="utf-8") as file:
        count = sum(1 for line in file if "==" in line)
    print("Installing %d pinned packages (once; a minute or two)" % count)
    run(
        [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r", lock],
        "The packages could not be installed; the reason stands above. Nothing is half done: run the command again.",
    )
    run(
        [PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT],
        "The project itself could not be installed; the reason stands above.",
    )
    # What Makefile compares dates with; the larger set holds the smaller.
    for stamp in {"platform": ["platform"], "dev": ["dev", "platform"], "bench": ["bench", "dev", "platform"]}[which]:
        with open(os.path.join(VENV, "." + stamp), "w", encoding="utf-8"):
            pass


if __name__ == "__main__":
    main(sys.argv[1])
