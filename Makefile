# Everything is run from here; `make` alone says what there is.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check --no-input

# Debian's packages: what WeasyPrint needs to make a PDF, and the tables of Braille; what the browser tests
# drive, and what Playwright's driver needs; what runs veraPDF; the server of a shared store, and the tool that
# opens locked files elsewhere; what stands around the site on the internet, and judges its units; and, where
# this Python cannot make a virtual environment yet, what lets it.
WHOLE := $(shell [ -x $(PY) ] && echo whole)
DEBIAN_RUN := libpangoft2-1.0-0 libharfbuzz-subset0 liblouis20 liblouis-data
DEBIAN_TEST := chromium libatomic1 openjdk-17-jre-headless libjaxb-java redis-server age nginx systemd
ifndef WHOLE
DEBIAN_RUN += $(shell $(PYTHON) -c 'import ensurepip' 2>/dev/null || echo python3-venv)
endif

# A stamp is named after the contents of what it stands for, so that a second run has nothing to do or to ask.
sum = $(firstword $(shell $(1) | cksum))
MADE := $(VENV)/made-$(call sum,pwd)
RUNTIME := $(VENV)/runtime-$(call sum,cat requirements.txt)
EDITABLE := $(VENV)/editable-$(call sum,cat pyproject.toml hatch_build.py)
DEV := $(VENV)/dev-$(call sum,cat requirements.txt requirements-dev.txt)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/heard.po))
INSTALLED := $(RUNTIME) $(EDITABLE)

# Installs those of the Debian packages in $(1) that are missing; where it may not, says how to and stops.
define debian
@missing=; \
if command -v dpkg-query >/dev/null; then \
  for p in $(1); do \
    dpkg-query -W -f='$${db:Status-Status}\n' $$p 2>/dev/null | grep -qx installed || missing="$$missing $$p"; \
  done; \
else \
  echo "This is not Debian: you need what it calls $(1)."; \
fi; \
[ -n "$$missing" ] || exit 0; \
if [ "$$(id -u)" = 0 ]; then may=; elif sudo -n true 2>/dev/null; then may="sudo -n"; else \
  echo "These Debian packages are missing:$$missing"; \
  echo "Install them as root, then say make again:"; \
  echo "  apt-get update && apt-get install -y --no-install-recommends$$missing"; \
  exit 1; \
fi; \
echo "Installing Debian packages:$$missing"; \
$$may apt-get -qq update || echo "The list of Debian packages could not be brought up to date; trying with the old one."; \
$$may env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends $$missing >/dev/null
endef

.PHONY: help
help: ## This list
	@echo "Heard: make WHAT"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14

.PHONY: run
run: install ## Start the site on http://127.0.0.1:8000 (another port: make run PORT=8001)
	@exec env PORT=$(PORT) $(PY) -m gunicorn -c webapp/gunicorn_conf.py

.PHONY: install
install: debian-run $(INSTALLED) catalogues ## Install all that the site needs, from the lock, into .venv

.PHONY: test
test: debian-test dev catalogues ## Everything that must hold: linters, types, layers, all tests; one pass or fail
	@failed=; \
	$(PY) -m ruff check --quiet || failed="$$failed, ruff check"; \
	$(PY) -m ruff format --quiet --check || failed="$$failed, ruff format"; \
	$(PY) -m mypy --no-error-summary || failed="$$failed, mypy"; \
	$(VENV)/bin/lint-imports --no-cache --no-logo || failed="$$failed, lint-imports"; \
	$(PY) -m pytest -n 3 --dist loadgroup -q || failed="$$failed, pytest"; \
	if [ -n "$$failed" ]; then echo "make test: FAILED:$${failed#,}"; exit 1; fi; \
	echo "make test: passed"

.PHONY: lint
lint: dev ## The linters, types and layers alone
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-cache --no-logo

.PHONY: verify
verify: debian-test dev catalogues ## The long checks, which do not fit in ten minutes
	$(PY) -m pytest -m verify

.PHONY: bench
bench: debian-run dev catalogues ## What a step and a letter cost, each beside its floor
	$(PY) tests/bench.py

.PHONY: load
load: debian-run dev catalogues ## 200 people at once for two minutes, on this machine alone (fewer: make load PEOPLE=20)
	$(PY) tests/load/run.py --users $(PEOPLE)
PEOPLE ?= 200

.PHONY: catalogues
catalogues: $(INSTALLED) $(CATALOGUES) ## Compile the translations
	@:

%.mo: %.po | $(INSTALLED)
	@$(VENV)/bin/pybabel --quiet compile -i $< -o $@

.PHONY: messages
messages: $(INSTALLED) ## For translators: bring each .po file up to date (start a language: make messages LANGUAGE=pl)
	@$(VENV)/bin/pybabel --quiet extract -F babel.cfg -k say -k _say -k N_ -k count:1,2 -k _count:1,2 --no-wrap --sort-by-file --add-location=file -c Translators: \
	  --project=Heard --copyright-holder="The Heard contributors" -o translations/heard.pot .
	@[ -z "$(LANGUAGE)" ] || [ -e translations/$(LANGUAGE)/LC_MESSAGES/heard.po ] || \
	  $(VENV)/bin/pybabel --quiet init -i translations/heard.pot -d translations -D heard --no-wrap -l $(LANGUAGE)
	@$(VENV)/bin/pybabel --quiet update -i translations/heard.pot -d translations -D heard --no-wrap \
	  --no-fuzzy-matching --ignore-pot-creation-date

.PHONY: lock
lock: $(DEV) ## Write the lock files anew from pyproject.toml (newer versions too: make lock UPGRADE=--upgrade)
	$(LOCK) --group build pyproject.toml -o requirements.txt
	$(LOCK) --group dev -c requirements.txt -o requirements-dev.txt
LOCK := $(VENV)/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

.PHONY: wheel
wheel: $(INSTALLED) ## Build the wheel into dist/
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

# What the targets above stand on.

.PHONY: debian-run debian-test dev
debian-run:
	$(call debian,$(DEBIAN_RUN))

debian-test:
	$(call debian,$(DEBIAN_RUN) $(DEBIAN_TEST))

dev: $(INSTALLED) $(DEV)

# Made anew where it is missing, was moved, or its Python is gone.
ifndef WHOLE
.PHONY: $(MADE)
endif
$(MADE): | debian-run
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Heard needs Python 3.11 or newer."; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(RUNTIME): $(MADE)
	@echo "Installing what the site needs, from requirements.txt"
	@$(PIP) install --no-deps --require-hashes -r requirements.txt
	@rm -f $(VENV)/runtime-*; touch $@

$(EDITABLE): $(RUNTIME)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/editable-*; touch $@

$(DEV): $(RUNTIME)
	@echo "Installing what the tests need, from requirements-dev.txt"
	@$(PIP) install --no-deps --require-hashes -r requirements.txt -r requirements-dev.txt
	@rm -f $(VENV)/dev-*; touch $@
