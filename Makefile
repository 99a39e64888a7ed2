# Every target makes the virtual environment that it needs, from a bare Python 3.11 or later.

# make test PYTHON=python3.13 tests with another Python, in an environment of its own.
ifdef PYTHON
VENV = .venv-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
else
VENV = .venv
endif
export PYTHON VENV

BIN = $(VENV)/bin
PYTEST_ARGS ?= -n 4 -q
FUZZ_ARGS ?= --seconds 60
FUZZ_PROGRAMS ?= 2000

.PHONY: help demo test lint docs bench fuzz clean

help:
	@echo "make demo    an echo server and a client, both in GML, talk to each other"
	@echo "make test    run all tests (one of them: .venv/bin/pytest tests/test_cli.py)"
	@echo "make lint    ruff and mypy"
	@echo "make docs    build the manual into site/"
	@echo "make bench   print how fast gmlrun is, as ratios to plain Python"
	@echo "make fuzz    look for faults with random input (FUZZ_ARGS='--seconds 600 builtins')"
	@echo "make clean   remove everything that make made"

demo:
	@tools/make-venv
	@$(BIN)/python tools/demo.py

test:
	@tools/make-venv test
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint:
	@tools/make-venv test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs:
	@tools/make-venv docs
	$(BIN)/python tools/builtins_page.py
	$(BIN)/mkdocs build --strict

bench:
	@tools/make-venv
	$(BIN)/python -m benchmarks

fuzz:
	@tools/make-venv test
	$(BIN)/python -m fuzz $(FUZZ_ARGS)
	FUZZ_PROGRAMS=$(FUZZ_PROGRAMS) $(BIN)/python -m pytest $(PYTEST_ARGS) -k random tests/compiler/test_both_forms.py

clean:
	rm -rf .venv .venv-* site dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
