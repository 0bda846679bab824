PYTHON ?= python3
BIN = .venv/bin

.PHONY: examples test check format docs bench compare fix-proof clean

examples: .venv/ready
	@$(BIN)/vitdlint check examples/tidy
	@$(BIN)/vitdlint check examples/broken --exit-zero

test: check
	$(BIN)/pytest -n auto

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

docs: .venv/ready
	$(BIN)/python tests/generate.py

bench: .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python tests/benchmarks/run.py

# SITE=FOLDER... or SITES_FILE=tests/accuracy/sites.toml CLONES=FOLDER
compare: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m accuracy $(SITE) $(addprefix --sites-file=,$(SITES_FILE)) $(addprefix --clones=,$(CLONES))

# SITE=FOLDER...
fix-proof: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m fix_proof $(SITE)

clean:
	rm -rf .venv build dist
