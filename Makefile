# Everything runs from .venv, which `setup` builds with nothing but Python 3.11 or later.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-browser demo test lint lint-python lint-types lint-imports lint-sql lint-text airflow bench clean lock

BIN := .venv/bin
READY := .venv/.ready
# Candidates for the interpreter, best known first; `make setup PYTHON=/path/to/python3.12` names another.
PYTHON ?= python3.11 python3.12 python3.13 python3

help:
	@printf '%s\n' \
	  'make setup    build .venv from the pinned, hashed requirements' \
	  'make setup-browser  find or install Chromium, for the test of the UI' \
	  'make demo     run invented pages, round by round, and recorded history through the DAGs, offline;' \
	  '              HISTORY=path: only that recorded history' \
	  'make test     run the tests' \
	  'make lint     check style, types, import rules, SQL, YAML and spelling' \
	  'make airflow  run Airflow on this machine, http://127.0.0.1:8080, until Ctrl-C: the demo, offline, its DAGs running' \
	  '              LIVE=1: the real sites, DAGs paused, needs VIGIE_CONTACT; VIGIE_HOME=path: that home, clocks paused' \
	  'make bench    measure comparison, extraction and crawl beside public alternatives' \
	  'make lock     pin the dependencies of pyproject.toml again (needs uv)' \
	  'make clean    remove .venv and caches; what Vigie recorded in var/ stays'

setup: $(READY)

$(READY): requirements.txt pyproject.toml
	@python=; \
	for candidate in $(PYTHON); do \
	  if "$$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; \
	  then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo 'vigie needs Python 3.11, 3.12 or 3.13; none of these is one: $(PYTHON).' >&2; \
	  echo 'Install one, or name it: make setup PYTHON=/path/to/python3.12' >&2; \
	  exit 1; \
	fi; \
	if [ -e .venv ] && ! $(BIN)/python -m pip --version >/dev/null 2>&1; then rm -rf .venv; fi; \
	if [ ! -e .venv ]; then echo "Creating .venv with $$("$$python" --version) ..."; "$$python" -m venv .venv; fi; \
	echo 'Installing the pinned dependencies (one to five minutes the first time) ...'; \
	export PIP_DISABLE_PIP_VERSION_CHECK=1; \
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt; \
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; \
	touch $(READY); \
	echo 'Ready.'

demo: setup
	@$(BIN)/vigie demo $(if $(HISTORY),--history '$(HISTORY)')

# Tests marked slow start Airflow or a browser, or run whole rounds or histories, and wait for much of their time: three
# at once keep two cores busy, where the others need a core each. Files stay whole: their tests share what they start.
test: setup
	$(BIN)/pytest -q -n 2 --dist loadfile -m 'not slow'
	$(BIN)/pytest -q -n 3 --dist loadfile -m slow

# `make -k lint` goes on after a finding and shows those of every tool.
lint: lint-python lint-types lint-imports lint-sql lint-text

lint-python: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-types: setup
	$(BIN)/mypy

lint-imports: setup
	PYTHONPATH=. $(BIN)/lint-imports --no-logo

lint-sql: setup
	$(BIN)/sqlfluff lint $(wildcard warehouse/migrations/*.sql warehouse/queries/*.sql transforms/sql/*.sql)

lint-text: setup
	$(BIN)/yamllint --strict .
	$(BIN)/codespell
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

# Whoever names a home, platforms or a replay server gets those, and not the demo.
OWN := $(VIGIE_HOME)$(VIGIE_PLATFORMS)$(VIGIE_REPLAY_URL)

airflow: setup
	@exec $(BIN)/python -m plugins.launch_airflow $(if $(filter-out 0 no,$(LIVE)),--live,$(if $(OWN),,--demo))

# Debian's own package: its fonts and libraries come with it. Nothing is downloaded from anywhere else.
setup-browser:
	@for candidate in "$${VIGIE_CHROMIUM:-}" chromium google-chrome; do \
	  if command -v "$${candidate:-none}" >/dev/null; then command -v "$$candidate"; exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium; \
	else \
	  echo 'No Chromium on PATH, and only root on a Debian system can install one here.' >&2; \
	  echo 'Install it (sudo apt-get install chromium), or name one: VIGIE_CHROMIUM=/path/to/chromium' >&2; \
	  exit 1; \
	fi

bench: setup
	$(BIN)/python -m benchmarks.compare
	$(BIN)/python -m benchmarks.extract
	$(BIN)/python -m benchmarks.crawl

# --universal: one file for Python 3.11 to 3.13 on every system. No index address is written into it.
lock:
	@command -v uv >/dev/null || { echo 'make lock needs uv (python3 -m pip install uv)' >&2; exit 1; }
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras \
	  --no-header --no-annotate --no-emit-index-url --output-file requirements.txt pyproject.toml

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
