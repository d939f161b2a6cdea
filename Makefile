.DEFAULT_GOAL := help
.SHELLFLAGS := -euo pipefail -c
SHELL := bash

PYTHON ?= python3
BIN := .venv/bin
PIP_INSTALL := install --quiet --disable-pip-version-check --require-hashes --no-warn-script-location

##@ Every day
FAST := tests/kernel tests/contracts tests/inbox tests/*/domain tests/*/*/domain

.PHONY: help demo test test-fast check bench soak pictures schemas lock clean
help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/runtime ## Run two teams and the region here, with invented families; Ctrl-C ends it
	@$(BIN)/pairs up

test: .venv/development ## Run every test on real servers (30 minutes on 2 cores)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-fast: .venv/development ## Run the rules: no server, no browser (a minute)
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(wildcard $(FAST))

check: .venv/development ## Format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: .venv-bench/done ## Measure, and write the ratios to benchmarks/results.md
	.venv-bench/bin/python -m benchmarks

MINUTES ?= 10
SEED ?= 1
soak: .venv/development ## Load on three teams with a fault every 20 seconds (MINUTES=10 SEED=1)
	@$(BIN)/python -m tests.soak $(MINUTES) $(SEED)

##@ When something changed
pictures: .venv/development ## Take the README's pictures again, of a new demonstration
	$(BIN)/python -m deploy.local.pictures

schemas: .venv/runtime ## Write the JSON Schemas and the AsyncAPI document again
	$(BIN)/pairs events schemas --write

lock: ## Maintainers: resolve the dependencies anew (needs uv)
	uv lock --upgrade
	for name in "requirements:" "requirements-dev:--group dev" "requirements-bench:--group bench" \
		"requirements-backup:--only-group backup"; do \
		uv export --quiet --no-emit-project --no-default-groups $${name#*:} --no-annotate --no-header \
			--format requirements-txt --output-file "$${name%%:*}.lock"; \
	done

clean: ## Remove the environments and the demonstration's data
	rm -rf .venv .venv-bench .pairs

# The project is used where it is: a path file and a launcher take the place of an installation.
.venv/runtime: requirements.lock Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Making the environment .venv"
	@$(PYTHON) -m venv .venv 2>/dev/null || { $(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip --python .venv/bin/python install --quiet pip; } \
		|| { echo "Python cannot make an environment: on Debian, apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip $(PIP_INSTALL) -r requirements.lock
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "pairs.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
	@printf '#!/bin/sh\nexec "%s" -m deploy.local "$$@"\n' "$(CURDIR)/.venv/bin/python" > $(BIN)/pairs
	@chmod +x $(BIN)/pairs
	@touch $@

.venv/development: .venv/runtime requirements-dev.lock
	@$(BIN)/python -m pip $(PIP_INSTALL) -r requirements-dev.lock
	@touch $@

.venv-bench/done: requirements.lock requirements-bench.lock
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip $(PIP_INSTALL) -r requirements-bench.lock
	@touch $@
