# Everything a person does with this house, one word each. `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
V := .venv
BIN := $(V)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo test check backup requirements notices clean

help: ## Say what there is (this page)
	@echo "usage: make <word>      PORT=8080 and SANGESAN_DATA=/where/data are understood"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(V)/.ready ## Virtual environment with the exact versions of requirements.txt
setup-dev: $(V)/.ready-dev

run: setup ## Start the product: database, demo mine, web and jobs on http://127.0.0.1:8000
	@PORT=$(PORT) $(BIN)/sangesan run

demo: setup ## Load the demo mine into an empty database (the last quarter)
	@$(BIN)/sangesan demo

test: setup-dev ## The whole suite: SQLite, PostgreSQL when reachable, the browser when Chromium is there
	@$(BIN)/python -m tests

check: setup-dev ## Style, arrows between the rooms, migrations, documents
	@$(BIN)/python -m tests.check

backup: setup ## Copy the database into data/backups
	@$(BIN)/sangesan backup

requirements: ## Look the versions up again (needs uv on the path) and pin them by hash
	@for kind in requirements requirements-dev; do \
	  uv pip compile --upgrade --generate-hashes --python-version 3.11 --python-platform x86_64-manylinux_2_28 \
	    --only-binary :all: --no-emit-index-url --no-header --no-annotate --quiet $$kind.in -o $$kind.txt; done

notices: setup-dev ## Write THIRD_PARTY.md from what is installed
	@$(BIN)/python -m docs.notices

clean: ## Remove what was made here, except the data
	rm -rf $(V) build *.egg-info .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results

$(V)/.ready: requirements.txt pyproject.toml
	@echo "setting up $(V) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(V)
	@$(PIP) install --require-hashes --only-binary :all: --no-deps -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(V)/.ready-dev: $(V)/.ready requirements-dev.txt
	@echo "setting up what the tests need …"
	@$(PIP) install --require-hashes --only-binary :all: --no-deps -r requirements-dev.txt
	@touch $@
