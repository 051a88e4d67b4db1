# make run      the whole portal on http://localhost:8000 (another port: PORT=8001 make run)
# make test     all tests (without some, by name: make test WITHOUT=browser; also sweep, stack)
# make fast     tests of single things, two minutes: while you work
# make check    format (Python, CSS), lint, types, floors, migrations, settings, templates
# make bench    how long things take, as ratios
# Also: make setup, format, audit, manage ARGS="...", wipe, lock, floors, basemap

.DEFAULT_GOAL := help
# Byte code is kept, whatever the shell says: without it every start compiles everything again.
unexport PYTHONDONTWRITEBYTECODE
PY := .venv/bin/python
WITHOUT ?=
TIERS := sweep browser stack
LEFT_OUT := $(filter $(TIERS),$(WITHOUT))
BOTH_CORES = $(PY) -m pytest -n 2 --dist worksteal
UNKNOWN := $(filter-out $(TIERS),$(WITHOUT))
ifneq ($(UNKNOWN),)
$(error WITHOUT=$(UNKNOWN): only these tiers can be left out by name: $(TIERS))
endif
# What a real server would be given; nothing is connected to.
PRODUCTION := env -u EABRN_EMBEDDED -u EABRN_LOCAL -u EABRN_TESTING -u EABRN_DEBUG SITE_URL=https://portal.example TRUSTED_PROXY_COUNT=1 \
	ALLOWED_HOSTS=portal.example SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
	DATABASE_URL=postgres://portal@/portal?host=/nonexistent EABRN_VAR=var/check \
	SOCIAL_PROVIDERS='{"orcid": {"client_id": "one", "secret": "two", "host": "https://service.example"}}'

.PHONY: help run test fast check bench setup format audit manage wipe lock floors basemap
help:
	@sed -n 's/^# \{0,1\}//;1,6p' Makefile

run:
	@tools/venv.sh requirements.txt
	@exec $(PY) -m embedded run

setup:
	@tools/venv.sh requirements-dev.txt

test: setup
	$(if $(filter browser,$(LEFT_OUT)),,@$(PY) -m tests.chromium)
	$(BOTH_CORES) -m "fast$(if $(filter sweep,$(LEFT_OUT)),, or sweep)"
	$(if $(filter sweep,$(LEFT_OUT)),@echo "left out by name: sweep tests")
	$(if $(filter browser,$(LEFT_OUT)),@echo "left out by name: browser tests",$(BOTH_CORES) -m browser)
	$(if $(filter stack,$(LEFT_OUT)),@echo "left out by name: stack tests",$(BOTH_CORES) -m stack)

fast: setup
	$(BOTH_CORES) -m fast

check: setup
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m djlint --lint --quiet templates
	$(PY) -m tools.css --check
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	EABRN_TESTING=1 $(PY) -m mypy .
	EABRN_TESTING=1 $(PY) -W "ignore:Got an error checking a consistent migration history:RuntimeWarning" manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	$(PRODUCTION) $(PY) -m tools.check_templates

bench: setup
	@missed=0; for script in tests/bench/bench_*.py; do $(PY) -m tests.bench.$$(basename $$script .py) || missed=1; done; exit $$missed

format: setup
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .
	$(PY) -m tools.css

# Known holes in the packages of the lock file: asks a public service, so it is not part of any test.
audit: setup
	$(PY) -m pip_audit --requirement requirements.txt --require-hashes --disable-pip

manage:
	@tools/venv.sh requirements.txt
	@exec $(PY) -m embedded manage $(ARGS)

wipe:
	@exec $(PY) -m embedded wipe $(ARGS)

# The lock files: exact versions with hashes, no index named. Needs uv.
lock:
	uv pip compile --quiet --universal --no-header --no-emit-index-url --generate-hashes pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --no-header --no-emit-index-url --generate-hashes pyproject.toml --extra s3 -o requirements-s3.txt
	uv pip compile --quiet --universal --no-header --no-emit-index-url --generate-hashes pyproject.toml --group dev -o requirements-dev.txt
	uv pip compile --quiet --universal --no-header --no-emit-index-url --generate-hashes --group basemap -o tools/basemap/requirements.txt

# The picture of the floors anew, after an app was added, renamed or moved.
floors: setup
	$(PY) -m tools.floors

# The maps' pictures and lines anew, from packages (tools/basemap/README.md). ARGS=--ship puts them in place.
basemap:
	@test -x var/basemap/venv/bin/python || $(or $(PYTHON),python3.11) -m venv var/basemap/venv
	@var/basemap/venv/bin/python -m pip install --quiet --no-input --require-hashes -r tools/basemap/requirements.txt
	var/basemap/venv/bin/python -m tools.basemap var/basemap $(ARGS)
