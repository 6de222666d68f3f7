# make demo: see what it does. make test: check everything. Both set themselves up; a second run takes seconds.

VENV := .venv
BIN := $(VENV)/bin
# The first Python that runs and fits. A name alone proves nothing: a shim may stand there without a Python behind it.
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	if "$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then command -v "$$p"; break; fi; done)

.PHONY: help demo test lint types layers tests floors clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    read the three sample reports, show their claims, write demo/thucydides.html"
	@echo "make test    everything below"
	@echo "  make lint    ruff"
	@echo "  make types   mypy, strict"
	@echo "  make layers  which room may import which"
	@echo "  make tests   pytest"
	@echo "make floors  hold quality and speed to bench/floors.toml (needs the benchmark sets)"
	@echo "make clean   remove the environment and all caches"

demo: $(VENV)/.installed
	@$(BIN)/thuc demo -o demo/thucydides.html

test: lint types layers tests

lint: $(VENV)/.developing
	$(BIN)/ruff check src tests bench training

types: $(VENV)/.developing
	$(BIN)/mypy

layers: $(VENV)/.developing
	$(BIN)/lint-imports

tests: $(VENV)/.developing
	$(BIN)/pytest -n 2

floors: $(VENV)/.installed
	$(BIN)/thuc bench claims --floors
	$(BIN)/thuc bench alarms --floors
	$(BIN)/thuc bench speed --floors
	$(BIN)/thuc bench confidence --floors
	$(BIN)/thuc bench muc --floors
	$(BIN)/thuc bench types --floors
	$(BIN)/thuc bench spans --floors
	$(BIN)/thuc bench toponyms --floors
	$(BIN)/thuc bench clustering --floors
	$(BIN)/thuc bench weighing --floors
	$(BIN)/thuc bench copies --floors

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis demo dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ── the environment ──────────────────────────────────────────────────────────────────────────────

$(VENV)/.made:
	@if [ -z "$(PYTHON)" ]; then \
		echo "error: no Python 3.11, 3.12 or 3.13 was found ($$(python3 --version 2>/dev/null || echo 'there is no python3'))."; \
		echo "       On Debian or Ubuntu: sudo apt-get install python3 python3-venv    On macOS: brew install python@3.13"; exit 1; fi
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "error: $(PYTHON) cannot make virtual environments."; \
		echo "       On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@echo "Setting up with $(PYTHON): a few minutes the first time."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml | $(VENV)/.made
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . || { \
		echo "error: the packages could not be installed. Is there a network, and room for 700 MB?"; exit 1; }
	@touch $@

# The group is read out of pyproject.toml by hand: only pip 25.1 and later know --group.
$(VENV)/.developing: $(VENV)/.installed
	@$(BIN)/python -c 'import tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"]))' > $(VENV)/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement $(VENV)/dev.txt
	@touch $@
