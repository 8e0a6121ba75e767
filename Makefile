# `make` lists what there is; every target prepares what it needs by itself.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
WORKERS ?= auto

BIN := .venv/bin
RUN := .venv/run.stamp
DEV := .venv/dev.stamp
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
# Two databases' servers and a browser per worker: more than four help nobody.
PYTEST := $(BIN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 4 --dist worksteal

export PYTHON
export HYPOTHESIS_STORAGE_DIRECTORY := .venv/cache/hypothesis

.DEFAULT_GOAL := help
.PHONY: help run test test-fast check lint fix bench pictures languages clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

run: export REGISTRY_DEMO ?= 1
run: $(RUN) ## serve the demonstration on 127.0.0.1:8000 (PORT=… elsewhere)
	@$(BIN)/flask --app wsgi db upgrade
	@if [ "$$REGISTRY_DEMO" = 1 ]; then $(BIN)/flask --app wsgi demo; fi
	@echo "http://127.0.0.1:$(PORT)/"
	@exec $(BIN)/waitress-serve --listen=127.0.0.1:$(PORT) wsgi:app

test: $(DEV) ## all tests on SQLite and PostgreSQL, with a browser (ARGS=… for pytest)
	@.ci/needs test
	@$(PYTEST) $(ARGS)

test-fast: $(DEV) ## the tests on SQLite alone, without a browser
	@$(PYTEST) --db sqlite --ignore tests/browser $(ARGS)

# The browser's tests run uncovered: their greenlets and coverage's own lock each other up when threads end.
check: lint ## everything that must hold before a change goes in: lint, then all tests, with coverage
	@$(MAKE) --no-print-directory test ARGS="--ignore tests/browser --cov --cov-report=term $(ARGS)"
	@$(MAKE) --no-print-directory test ARGS="tests/browser $(ARGS)"

lint: $(DEV) ## style, types, import directions, templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --cache-dir .venv/cache/imports
	$(BIN)/djlint templates --lint --quiet

fix: $(DEV) ## mend what the tools can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(DEV) ## measure against a bare floor
	@$(BIN)/python -m tests.bench $(ARGS)

pictures: $(DEV) ## take the pictures of README anew
	@$(BIN)/python -m tests.pictures

languages: $(DEV) ## bring the catalogs of translations up to date with what the product says
	@$(BIN)/python -m tests.catalogs

clean: ## remove what was made, but never the data in instance/
	rm -rf .venv .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): requirements.txt
	@.ci/needs run
	@$(PYTHON) -m venv .venv
	@echo "Installing the pinned packages into .venv"
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	@echo "Installing the tools for tests into .venv"
	@$(PIP) -r requirements-dev.txt
	@touch $@
