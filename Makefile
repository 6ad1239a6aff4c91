# Two commands matter: `make run` and `make test`. Each sets up what it needs; both may be run again at any time.
.POSIX:
.DEFAULT_GOAL := help

PORT ?= 8000
DATA_DIR ?= data
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:            ## What there is
	@$(PYTHON) -c "import re; [print(*map(str.strip, m), sep='\t') for m in re.findall(r'(?m)^([a-z]+):.*?## (.*)', open('Makefile').read())]"

run: .venv/.platform   ## Set everything up, load the demonstration, serve http://127.0.0.1:8000
	@PORT=$(PORT) DATA_DIR=$(DATA_DIR) DEMONSTRATION=1 exec $(BIN)/phereclos up

test: .venv/.dev ## Everything, on SQLite with a real browser; then the data layer again on PostgreSQL
	@$(BIN)/python -m tests.run

check: .venv/.dev ## Format, lint, types, import contracts, templates, migrations, translation marks
	@$(BIN)/python -m tests.check

bench: .venv/.bench ## What starting, reading, awarding and signing cost, beside others, with n and spread (long)
	@$(BIN)/python -m benchmarks

soak: .venv/.dev ## Kill server and worker at random while awarding: RUNS=200; feed the engine what hurts: FUZZ=60 (minutes)
	@if [ -n "$(FUZZ)" ]; then $(BIN)/python -m tests.verifiable_badges.fuzzing $(FUZZ); fi
	@if [ -n "$(RUNS)" ] || [ -z "$(FUZZ)" ]; then $(BIN)/python -m tests.soak $(RUNS); fi

format: .venv/.dev
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

lock:            ## Pin all requirements anew, with hashes and without addresses (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade \
	  --extra platform pyproject.toml requirements/build.in -o requirements/platform.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra platform pyproject.toml requirements/build.in requirements/dev.in -c requirements/platform.txt \
	  -o requirements/dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra platform pyproject.toml requirements/build.in requirements/dev.in requirements/bench.in \
	  -c requirements/dev.txt -o requirements/bench.txt

.venv/.platform: requirements/platform.txt pyproject.toml
	@$(PYTHON) requirements/install.py platform

.venv/.dev: requirements/dev.txt pyproject.toml
	@$(PYTHON) requirements/install.py dev

.venv/.bench: requirements/bench.txt pyproject.toml
	@$(PYTHON) requirements/install.py bench

.PHONY: help run test check bench soak format lock
