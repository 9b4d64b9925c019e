# Everything a newcomer needs: `make serve` runs the service, `make test` tests it, `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --quiet
RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp
WORDPRESS := wordpress wordpress-theme-twentytwentythree php-cli php-curl php-mbstring php-mysql php-xml php-codesniffer mariadb-server
IMAGE ?= quote-attribution:latest
FUZZ_SECONDS ?= 300

.PHONY: help install dev serve test fuzz bench lint format lock audit sbom image plugin clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

install: $(RUNTIME) ## Make .venv with the service, from the hash-pinned lock file
	@echo "Ready: $(BIN)/quotes --help"

dev: $(DEV) ## The same, with the tools for testing and linting
	@:

serve: $(RUNTIME) ## Start the service on 127.0.0.1:8080 (REDIS_URL and the other settings are read from the environment)
	@exec $(BIN)/quotes serve

test: dev ## Set up what the tests need and run them all
	@command -v chromium >/dev/null || scripts/need-debian chromium --for "the browser tests"
	@command -v npm >/dev/null || scripts/need-debian nodejs npm --for "the JavaScript tests"
	@scripts/need-debian $(WORDPRESS) --for "the WordPress tests"
	@$(BIN)/python -m pytest

fuzz: dev ## Look for inputs that break extraction or HTML, FUZZ_SECONDS (300) for each target
	@for target in html marks extraction; do $(BIN)/python tests/fuzzing/fuzz.py $$target $(FUZZ_SECONDS) tests/fuzzing/findings; done

bench: dev ## Measure speed, memory, start and behaviour under load; pictures go to build/ (20 minutes on a quiet machine)
	@$(PIP) --require-hashes --requirement requirements/bench.txt
	@mkdir -p build
	@$(BIN)/python benchmarks/speed.py
	@$(BIN)/python benchmarks/start.py
	@$(BIN)/python benchmarks/memory.py --plot build/memory.png
	@$(BIN)/python benchmarks/load.py --plot build/load.png
	@$(BIN)/py-spy record --rate 200 --output build/flame.svg -- $(BIN)/python benchmarks/speed.py --only ours

lint: dev ## Check style, types, import directions, shell scripts and the Dockerfile
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/shellcheck .ci/run .ci/image .ci/confined scripts/*
	@$(BIN)/hadolint Dockerfile

format: dev ## Format the code and mend what can be mended by machine
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: ## Bring requirements/*.txt up to date with pyproject.toml (LOCK_ARGS="--upgrade" for newer releases)
	@scripts/lock $(LOCK_ARGS)

audit: dev ## Look up known vulnerabilities of what is locked (if a database answers), and check licences
	@scripts/audit
	@scripts/licences

sbom: dev ## Write what is locked as a CycloneDX bill of materials: build/sbom.json
	@mkdir -p build
	@$(BIN)/python -W ignore::UserWarning -m cyclonedx_py requirements requirements/runtime.txt --pyproject pyproject.toml --output-reproducible \
		--output-file build/sbom.json
	@echo "Written: build/sbom.json"

image: ## Build the container image with docker, podman or buildah, whichever is here
	@scripts/build-image $(IMAGE)

plugin: ## Put the WordPress plugin together as dist/quote-attribution.zip
	@scripts/build-plugin dist

clean: ## Remove .venv and everything else that was made
	@rm -rf $(VENV) build dist .cache *.egg-info

$(BIN)/pip:
	@scripts/make-venv $(PYTHON) $(VENV)

$(RUNTIME): requirements/runtime.txt pyproject.toml | $(BIN)/pip
	@echo "Installing the service into $(VENV) (about a minute the first time) …"
	@$(PIP) --require-hashes --requirement requirements/runtime.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@echo "Installing the tools for tests and linting into $(VENV) …"
	@$(PIP) --require-hashes --requirement requirements/dev.txt
	@touch $@
