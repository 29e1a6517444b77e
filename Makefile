# Each target sets up all it needs: `make demo` and `make test` work on a fresh machine with Python 3.11+.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SAMPLE := tests/fixtures/articles/economy.txt
DEMO_MODEL := opus-mt-ar-en

.PHONY: demo test lint bench clean
.DEFAULT_GOAL := demo

demo: .venv/.demo
	@$(BIN)/mujaz models pull $(DEMO_MODEL) --timeout 15 || echo "make demo: going on without an English model; the English will be a draft"
	@echo; $(BIN)/mujaz summarize $(SAMPLE)

test: .venv/.dev
	$(BIN)/python -m pytest -n auto

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/.dev
	$(BIN)/mujaz eval bench

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("mujaz needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv

.venv/.demo: .venv/bin/python pyproject.toml constraints.txt
	@echo "installing mujaz into .venv (once; about a minute with torch)"
	@$(PIP) --editable '.[models,lexicon]'
	@touch $@

.venv/.dev: .venv/bin/python pyproject.toml constraints.txt
	@echo "installing mujaz and its checks into .venv (once; about a minute with torch)"
	@$(PIP) --editable '.[dev]'
	@touch $@ .venv/.demo
