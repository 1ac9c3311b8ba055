# Every command of the project. Variables go on the command line: make run PORT=9000
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON := .venv/bin/python
BENCHES := $(patsubst benchmarks/%.py,bench-%,$(wildcard benchmarks/[a-z]*.py))
export WITH_PARENT := 1

.PHONY: help run test check bench demo-live manage backup restore setup pins

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | \
	  while IFS='|' read -r name what; do printf '  make %-11s %s\n' "$$name" "$$what"; done
	@echo "  Variables of run: PORT= HOST= DATA= DEMO=no DATABASE_URL= WEB= WORKERS= STATIC=live"

run: ## set up what is missing and run the program; Ctrl-C stops all of it
	@tools/setup run
	@exec $(PYTHON) -m lantoa.config run

test: ## run every test; only some of them with ARGS='tests/kernel -k fold'
	@tools/setup test
	@exec tools/test $(ARGS)

check: ## format, lint, types, contracts, templates, migrations, generated documents
	@tools/setup dev
	@exec tools/check

bench: $(BENCHES) ## run every benchmark; one of them with make bench-NAME

bench-%: benchmarks/%.py
	@tools/setup dev
	@exec $(PYTHON) $<

demo-live: ## hold the demo conference now on the running program; SPEED= makes it faster
	@tools/setup run
	@exec $(PYTHON) -m lantoa.config manage demo_live $(if $(SPEED),--speed $(SPEED))

manage: ## a management command beside the running program: make manage DO='check'
	@tools/setup run
	@exec $(PYTHON) -m lantoa.config manage $(DO)

backup: ## copy everything into one archive, while it runs: make backup TO=FOLDER
	@tools/setup run
	@exec $(PYTHON) -m lantoa.config backup

restore: ## make an installation from an archive: make restore FROM=FILE DATA=FOLDER
	@tools/setup run
	@exec $(PYTHON) -m lantoa.config restore

setup: ## install what developing needs, and nothing else
	@tools/setup test

pins: ## pin the newest allowed versions with their hashes
	@tools/setup dev
	@tools/pins
