# `make` alone prints what it can do: the ## beside each target is its help.

PYTHON := .venv/bin/python
# As many processes as there are cores; tests that share what takes long to make go to one of them.
SIDE_BY_SIDE := -n auto --dist loadgroup
DEVELOPMENT := @python3 config/bootstrap.py development
# What was compiled once is kept: to compile all tests again, in each process, takes a minute.
unexport PYTHONDONTWRITEBYTECODE

LOCK = $(PYTHON) -m uv pip compile --quiet --universal --python-version=3.11 --generate-hashes \
	--custom-compile-command='make lock' $(UPGRADE)

.PHONY: help run postgresql redis metrics test journeys bench check fix lock upgrade messages clean
.DEFAULT_GOAL := help

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## set everything up where needed, and serve the casebook (PORT=8000)
	@trap 'exit 0' INT; python3 config/bootstrap.py runtime && exec $(PYTHON) manage.py run

postgresql: ## add the driver that a DATABASE_URL of PostgreSQL needs
	@python3 config/bootstrap.py runtime && python3 config/bootstrap.py postgresql

redis: ## add the client that a CACHE_URL of Redis needs
	@python3 config/bootstrap.py runtime && python3 config/bootstrap.py redis

metrics: ## add the client that METRICS_TOKEN needs
	@python3 config/bootstrap.py runtime && python3 config/bootstrap.py metrics

test: ## run all tests but the journeys in a browser
	$(DEVELOPMENT)
	@$(PYTHON) -m pytest $(SIDE_BY_SIDE) --ignore=tests/browser tests

journeys: ## run the journeys in a browser (CHROMIUM says where it is)
	$(DEVELOPMENT)
	@$(PYTHON) -m pytest $(SIDE_BY_SIDE) tests/browser

bench: ## measure against docs/benchmarks.md, and write it (SIZES=1000,10000 ONLY=warm,cold)
	$(DEVELOPMENT)
	@$(PYTHON) -m tests.benchmarks $(if $(SIZES),--sizes=$(SIZES)) $(if $(ONLY),--only=$(ONLY))

check: ## everything that can be said without running: layout, mistakes, types, imports, settings
	$(DEVELOPMENT)
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 --check {} +
	$(PYTHON) -m mypy
	.venv/bin/lint-imports --no-logo
	$(PYTHON) manage.py makemigrations --check --dry-run
	@# The settings of a public site, and nothing of this machine's.
	ENVIRONMENT_FILE=/dev/null SITE_URL=https://casebook.example \
		SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

fix: ## lay out Python and templates, and mend what can be mended without thought
	$(DEVELOPMENT)
	$(PYTHON) -m ruff check --fix --exit-zero
	$(PYTHON) -m ruff format
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

lock: ## pin what pyproject.toml asks for, keeping the versions that still fit
	$(DEVELOPMENT)
	$(LOCK) pyproject.toml --output-file=requirements.txt
	@# Constrained, so that what is added runs with exactly what readers get.
	$(LOCK) pyproject.toml --group=dev --constraint=requirements.txt --output-file=tests/requirements.txt
	$(LOCK) --group=postgresql --constraint=tests/requirements.txt --output-file=config/requirements-postgresql.txt
	$(LOCK) --group=redis --constraint=tests/requirements.txt --output-file=config/requirements-redis.txt
	$(LOCK) --group=metrics --constraint=tests/requirements.txt --output-file=config/requirements-metrics.txt

upgrade: ## pin the newest versions that fit
	@$(MAKE) lock UPGRADE=--upgrade

messages: ## collect the texts to translate and compile the translations (needs gettext)
	$(DEVELOPMENT)
	$(PYTHON) manage.py makemessages --all --no-location --no-obsolete --ignore .venv --ignore var
	$(PYTHON) manage.py compilemessages --ignore .venv

clean: ## take away the environment and every cache; the database and its secret stay
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache var/static
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
