# Two commands matter: `make site` and `make test`. Both set up everything they need.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help site serve check test proof law bench bench-disk bench-python bench-deploy bench-finder bench-cluster bench-languages bench-million lock clean
.DEFAULT_GOAL := help

help: ## list these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

site: .venv/site ## build content/ into public/
	$(BIN)/python build.py build

serve: .venv/site ## show the site while you write it; Ctrl-C ends
	$(BIN)/python build.py serve

check: .venv/site ## run every rule over the content, write nothing
	$(BIN)/python build.py check

test: .venv/test ## run lint, types, floors and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --maxprocesses=4 --dist loadfile --no-loadscope-reorder

proof: .venv/test ## try what is random with many more examples, the law too; takes a quarter of an hour
	PIVOTGEN_PROOF=1 $(BIN)/python -m pytest -s -m hypothesis
	PIVOTGEN_PROOF=1 $(BIN)/python -m pytest tests/trust/test_ledger_fuzz.py tests/release

law: .venv/test ## put incremental builds to 2,000 random edits, which takes minutes
	PIVOTGEN_LAW=2000 $(BIN)/python -m pytest -s tests/pipeline/test_law.py

# In memory where there is room, so that no disk's mood is measured.
IN_MEMORY := TMPDIR=$$(test -w /dev/shm && echo /dev/shm || echo /tmp)

bench: .venv/bench ## measure builds beside Hugo, Eleventy and Pelican, write docs/benchmarks.md
	$(IN_MEMORY) .venv/quick/bin/python -m benchmarks contest

bench-disk: .venv/bench ## measure builds beside Hugo in the folder for temporary files
	.venv/quick/bin/python -m benchmarks disk

bench-python: .venv/bench ## measure what a Python built without optimisation costs
	$(IN_MEMORY) .venv/quick/bin/python -m benchmarks python

bench-deploy: .venv/test ## measure deploys of 10,000 pivots to a store
	$(IN_MEMORY) $(BIN)/python -m benchmarks.deploys

bench-finder: .venv/bench ## measure what an answer of the finder costs a reader
	.venv/quick/bin/python -m benchmarks finder

bench-cluster: .venv/test ## measure what a cluster leaves to the machine with the site
	$(IN_MEMORY) $(BIN)/python -m benchmarks.clusters

bench-languages: .venv/bench ## measure a site in three languages against the same in one
	$(IN_MEMORY) .venv/quick/bin/python -m benchmarks languages

bench-million: .venv/bench ## measure 100,000 pivots beside Hugo and a million alone; 35 GB, an hour
	.venv/quick/bin/python -m benchmarks large

.venv/site: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

# Only what the lock file names by its digest is installed and run.
.venv/test: pyproject.toml tests/locked/requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement tests/locked/requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	sh tests/machine.sh
	touch $@

lock: .venv/site ## write tests/locked/ anew, with the newest versions that pyproject.toml allows
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --extra test pyproject.toml \
		--output-file tests/locked/requirements.txt
	cd tests/locked && npm install --silent --package-lock-only --omit-lockfile-registry-resolved \
		--no-fund --no-audit --ignore-scripts

.venv/bench: .venv/site
	$$(PYTHON=$(PYTHON) sh benchmarks/quickest.sh) -m venv --without-pip .venv/quick
	$(BIN)/python -m pip --python .venv/quick/bin/python install --quiet --editable '.[bench]'
	sh tests/machine.sh
	npm install --silent --no-fund --no-audit --ignore-scripts --prefix .venv/eleventy @11ty/eleventy@3
	touch $@

clean: ## remove what the other targets made
	rm -rf .venv .pivotgen public
