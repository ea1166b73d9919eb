# `make demo` and `make test` are all that a new machine needs, besides Python 3.11 or newer and pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/sco-graph
OUT := demo

.PHONY: help demo test check web fuzz evaluate calibrate bench lock clean
.DEFAULT_GOAL := help

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

# What is locked is installed by hash; the project itself is installed from this checkout.
$(VENV)/.locked: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.locked-dev: $(VENV)/.locked requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# The pages do without what is bundled here, so that a machine without Node.js still has a demonstration.
$(VENV)/.web: $(VENV)/.locked web/package-lock.json web/build.js $(wildcard web/entries/* web/editor/*)
	@if command -v npm >/dev/null; then cd web && npm ci --silent --omit=dev && npm run --silent build; else \
	  echo "No npm here: the pages go without the SPARQL editor and queries in the browser." >&2; [ "$$CI" != true ]; fi
	@touch $@

$(VENV)/.web-dev: $(VENV)/.web
	@! command -v npm >/dev/null || (cd web && npm ci --silent)
	@touch $@

web: $(VENV)/.web-dev  ## bundle what the pages take from npm, and install what their tests do

demo: $(VENV)/.locked $(VENV)/.web  ## build the demonstration graph, check it, ask it, export it
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh scripts/demo $(OUT)

test: $(VENV)/.locked-dev  ## install what tests need, and run them all
	@sh scripts/test-tools
	@$(MAKE) --no-print-directory web
	$(BIN)/ruff format --check src tests benchmarks evaluation
	$(BIN)/ruff check src tests benchmarks evaluation
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

check: $(VENV)/.locked-dev $(VENV)/.web-dev  ## what `make test` runs, without looking for system packages first
	$(BIN)/ruff format --check src tests benchmarks evaluation
	$(BIN)/ruff check src tests benchmarks evaluation
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

fuzz: $(VENV)/.locked-dev  ## 10,000 generated and spoilt texts and requests, and megabytes on one line (over an hour)
	SCO_GRAPH_FUZZ=10000 $(BIN)/pytest tests/test_robustness.py tests/serve/test_hostile.py --durations=10

evaluate: $(VENV)/.locked-dev  ## score extraction on the evaluation corpus, against floors that only rise
	$(BIN)/python evaluation/evaluate.py
	$(BIN)/python -m evaluation.identities

calibrate: $(VENV)/.locked-dev  ## measure how often the claims of each rule are right, for their confidence
	$(BIN)/python -m evaluation.calibrate

bench: $(VENV)/.locked-dev  ## measure, as ratios against peers in the same run
	$(BIN)/python -m benchmarks

lock:  ## resolve the dependencies anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade pyproject.toml --group build -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade pyproject.toml --group dev -o requirements-dev.lock
	echo grlc==1.3.11 | uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header - -o tests/serve/grlc.lock

clean:  ## delete what builds made; the register of identifiers stays
	rm -rf .sco-graph $(OUT) dist
