# make start and make test are all one needs. `make` alone lists the verbs.

PYTHON ?= python3
PORT ?= 8080
ARGS ?=
# The whole suite runs in two processes; each builds what its files need.
PROCESSES ?= $(if $(ARGS),0,2)
BASE ?= constraints.txt

VENV := .venv
BIN := $(VENV)/bin
VAR := var

SOURCES := setup.py constraints.txt
PYTHON_FILES := src tests scripts setup.py $(wildcard benchmarks)
MARKUP := src/collective/servicekonto profiles

# Programs that tests use, and the Debian packages that bring them.
BROWSER := chromium=chromium,fonts-dejavu-core
SCANNER := clamd=clamav-daemon
AUSWEISAPP := AusweisApp2=ausweisapp2
CARDS := pcscd=pcscd,vsmartcard-vpcd
# With these, pip builds pyscard.
CARDS += swig=swig,libpcsclite-dev,gcc,libc6-dev,python3-dev

export zope_i18n_compile_mo_files := true

.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory --no-builtin-rules


.PHONY: help
help:  ## List the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# What was installed is remembered by a stamp; it is done again when the
# package's metadata or the versions change.

$(BIN)/python:
	@echo "Creating $(VENV) …"
	@PYTHON=$(PYTHON) scripts/virtualenv.sh $(VENV)

$(VENV)/.installed-demo: $(SOURCES) | $(BIN)/python
	@echo "Installing Plone and the demo; the first time this takes some minutes …"
	@$(BIN)/pip install -qq --constraint constraints.txt --editable '.[demo,eid,eid-test]'
	@touch $@

$(VENV)/.installed-all: $(SOURCES) | $(BIN)/python
	@echo "Installing Plone, the demo and the tools for tests; the first time this takes some minutes …"
	@$(BIN)/pip install -qq --constraint constraints.txt --editable '.[demo,develop,eid,eid-test,test]'
	@touch $@ $(VENV)/.installed-demo

# A developer without card reader needs no compiler, so only tests ask for this.
$(VENV)/.installed-reader: $(SOURCES) | $(VENV)/.installed-all system
	@$(BIN)/pip install -qq --constraint constraints.txt pyscard
	@touch $@

.PHONY: browser
browser:
	@scripts/system-packages.sh $(BROWSER)

.PHONY: system
system:
	@scripts/system-packages.sh $(BROWSER) $(SCANNER) $(AUSWEISAPP) $(CARDS)

.PHONY: install
install: $(VENV)/.installed-all  ## Install everything into .venv

.PHONY: start
start: $(VENV)/.installed-demo  ## Serve the demo town on localhost:PORT (default 8080)
	@$(BIN)/python -m collective.servicekonto.demo start --port $(PORT) --var $(VAR)

.PHONY: ausweisapp
ausweisapp: $(VENV)/.installed-demo  ## Run Debian's AusweisApp with a test card, for the demo
	@scripts/system-packages.sh $(AUSWEISAPP)
	@$(BIN)/python -m collective.servicekonto.demo ausweisapp --var $(VAR)

.PHONY: test
test: $(VENV)/.installed-all system $(VENV)/.installed-reader  ## Run all tests; ARGS are for pytest
	@echo "Running the tests …"
	@mkdir -p $(VAR)
	@$(BIN)/pytest --numprocesses $(PROCESSES) --dist loadfile --junitxml=$(VAR)/junit.xml $(ARGS)

.PHONY: check
check: $(VENV)/.installed-all  ## Check style and types
	@echo "ruff …"
	@$(BIN)/ruff check --quiet $(PYTHON_FILES)
	@$(BIN)/ruff format --quiet --check $(PYTHON_FILES)
	@echo "zpretty …"
	@$(BIN)/zpretty --check $(MARKUP)
	@echo "mypy …"
	@$(BIN)/mypy

.PHONY: format
format: $(VENV)/.installed-all  ## Put the sources into the style
	@$(BIN)/ruff check --quiet --fix $(PYTHON_FILES)
	@$(BIN)/ruff format --quiet $(PYTHON_FILES)
	@$(BIN)/zpretty --inplace $(MARKUP)

.PHONY: i18n
i18n: $(VENV)/.installed-all  ## Collect the texts and merge them into the catalogues
	@PATH=$(BIN):$$PATH scripts/i18n.sh

.PHONY: bench
bench: $(VENV)/.installed-all  ## Measure; prints a table, writes var/bench.json
	@mkdir -p $(VAR)
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: screenshots
screenshots: $(VENV)/.installed-all browser  ## Take the handbook's pictures from the browser test
	@SCREENSHOTS=docs/handbook/pictures $(BIN)/pytest tests/e2e $(ARGS)

.PHONY: constraints
constraints: $(VENV)/.installed-all  ## Choose versions anew, beginning with BASE
	@echo "Asking pip which versions go together …"
	@$(BIN)/python scripts/constraints.py $(BASE)

.PHONY: clean
clean:  ## Remove .venv, var (with the demo's data) and everything built
	rm -rf $(VENV) $(VAR) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf src/*.egg-info bin eggs develop-eggs parts .installed.cfg
	find src profiles tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
