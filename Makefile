# Each target sets up what it needs by itself, so that any of them can be the first command
# in a fresh clone. uv is used where it is on PATH, plain venv and pip otherwise.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PEERS ?= .peers

.PHONY: demo test coverage check prove peers clean

ifneq ($(shell command -v uv 2>/dev/null),)
MAKE_VENV = uv venv --quiet --python $(PYTHON) $(VENV)
INSTALL = uv pip install --quiet --python $(BIN)/python --constraint constraints.txt
else
MAKE_VENV = $(PYTHON) -m venv $(VENV)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
endif

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; say which with: make PYTHON=python3.11 ..."; exit 1; }
	$(MAKE_VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) --editable '.[test]'
	@touch $@ $(VENV)/.run

## demo: the whole product on sample documents and an invented history
demo: $(VENV)/.run
	$(BIN)/valoriamo demo --home .demo

# A file's tests stay in one process, so that what they share is made once; the files keep the
# order of tests/conftest.py, the slow ones first.
SPREAD = -n $(WORKERS) --dist loadfile --no-loadscope-reorder

## test: all tests, with seeded samples of the long proofs
test: $(VENV)/.test
	$(BIN)/python -m pytest $(SPREAD)

## coverage: the same, and which code they run; it takes half as long again
coverage: $(VENV)/.test
	$(BIN)/python -m pytest $(SPREAD) --cov --cov-report=term:skip-covered --cov-fail-under=90

## check: formatting, lint, types, import contracts, documents in step with the code
check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_docs.py tests/test_consistency.py tests/test_architecture.py

## prove: the long proofs in full, and the benchmarks; results go to experiments/
prove: $(VENV)/.test
	VALORIAMO_RECORD=experiments $(BIN)/python -m pytest $(SPREAD) --hypothesis-profile=prove
	$(BIN)/valoriamo benchmark italian-extraction --record experiments/2026-11-italian-extraction
	$(BIN)/valoriamo benchmark matching-speed --record experiments/2026-11-matching-speed
	$(BIN)/valoriamo benchmark ranking-speed --record experiments/2026-11-ranking-speed
	$(BIN)/valoriamo benchmark reach-gain --record experiments/2026-11-reach-gain
	$(BIN)/valoriamo benchmark hub-load --record experiments/2026-11-hub-load
	$(BIN)/valoriamo benchmark resume-relevance --record experiments/2026-11-relevance
	$(BIN)/valoriamo benchmark resume-relevance --record experiments/2026-11-relevance-b
	$(BIN)/valoriamo benchmark synthetic-ranking --record experiments/2026-11-learned-ranking
	$(BIN)/valoriamo benchmark hazard-recovery --record experiments/2026-11-hazard-recovery
	$(BIN)/valoriamo benchmark fund-allocation --record experiments/2026-11-fund-allocation

# GPL, so it is kept apart: nothing imports it, and a process of its own answers in JSON.
## peers: scikit-survival in an environment of its own, which the benchmarks of risk compare with
peers:
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check 'scikit-survival==0.28.*'
	@echo 'export VALORIAMO_PEER_PYTHON=$(abspath $(PEERS))/bin/python'

clean:
	rm -rf $(VENV) $(PEERS) .demo .coverage .coverage.* .hypothesis .schemathesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist
