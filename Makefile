# Everything one does in this clone. `make demo` and `make test` need Python 3.11 or newer, pip and make: the rest
# comes with them. Another Python: make PYTHON=/path/to/python3.12 demo.

VENV := $(CURDIR)/.venv
# relative, so that the clone may lie in a folder with spaces in its name
BIN := .venv/bin
export PATH := $(VENV)/bin:$(PATH)
export VIRTUAL_ENV := $(VENV)
PYTHON ?=
ARGS ?=
# STRICT=1 counts a skipped test as a failure
PYTEST := pytest -n logical --maxprocesses 8 --dist worksteal $(if $(STRICT),--fail-on-skip)

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long test-pythons bench plans docs check format lock write generate stop clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: ## Install what is needed and generate the client; demo, test and check begin with it
	@python=$$(PYTHON='$(PYTHON)' sh tools/find-python) && exec "$$python" tools/setup.py

demo: setup ## Start PostgreSQL, migrate, seed a shop and show it
	@exec $(BIN)/lumi-db demo $(ARGS)

test: setup ## Run the tests with coverage (make test ARGS="-k cart")
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m $(PYTEST) -m "not long" $(ARGS)
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage report $(if $(ARGS),--fail-under=0)

test-long: setup ## Run the long tests
	@exec $(BIN)/python -m $(PYTEST) -m long $(ARGS)

test-pythons: setup ## Run the tests on every other Python from 3.11 up that this machine has
	@exec $(BIN)/python -m tools.pythons $(if $(STRICT),--fail-on-skip) $(ARGS)

bench: ## Measure this client beside other libraries; writes docs/benchmarks.md (make bench ARGS="--quick")
	@python=$$(PYTHON='$(PYTHON)' sh tools/find-python) && "$$python" tools/setup.py bench
	@exec $(BIN)/python -m benchmarks $(ARGS)

plans: setup ## Look at the plan and time of every read on a million orders, made once; writes docs/query-optimization.md
	@exec $(BIN)/python -m benchmarks.plans $(ARGS)

docs: ## Build the documentation as a site, without one warning and without the network; site/index.html
	@python=$$(PYTHON='$(PYTHON)' sh tools/find-python) && "$$python" tools/setup.py docs
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict $(ARGS)
	@echo "The site is there: open site/index.html, or serve it with $(BIN)/mkdocs serve."

check: setup ## Check style, types, layers, secrets, the schema and the lock files
	@exec $(BIN)/python -m tools.check $(ARGS)

format: setup ## Format the code and the schema
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet . && $(BIN)/prisma format >/dev/null

lock: setup ## Write the lock files anew, with the newest versions that fit
	@exec $(BIN)/python -m tools.lock $(ARGS)

write: setup ## Write anew what is written from the schema, the code and the benchmarks, and committed
	@exec $(BIN)/python -m tools.write

generate: setup ## Generate the client, also where nothing has changed
	@exec $(BIN)/prisma generate

stop: ## Stop the servers of this clone; their data stays
	@if [ -x $(BIN)/lumi-db ]; then exec $(BIN)/lumi-db db stop --all; fi

clean: stop ## Delete all that was made: environment, packages, client, servers and their data
	@if [ -x $(BIN)/lumi-db ]; then $(BIN)/lumi-db db delete --yes; fi
	@rm -rf .venv .venvs node_modules lumi_db/generated .lumi .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	    .import_linter_cache .coverage .coverage.* htmlcov dist site node/types/src
