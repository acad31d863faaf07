# Two commands: `make booklet` shows what this is, `make test` proves it.
.POSIX:
PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
OUT = out

.PHONY: booklet test check bench docs packages clean

booklet: $(VENV)/installed
	@mkdir -p $(OUT)
	@$(BIN)/converter convert seeds --to docx,pdf,epub -o $(OUT) --force
	@$(BIN)/converter booklet seeds --title 党建工作文集 --force \
		-o $(OUT)/booklet.pdf -o $(OUT)/booklet.docx -o $(OUT)/booklet.epub

test: $(VENV)/dev packages
	$(BIN)/python -m pytest -n 2

# Style, types and import contracts; part of CI, quick enough for every commit.
check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The documentation as a site: out/site/index.html.
docs: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	$(BIN)/mkdocs build --strict

# Time and memory against pandoc, typst and others, which get an environment of their own: see tests/benchmarks/README.md.
bench: $(VENV)/installed
	$(BIN)/python tests/benchmarks $(BENCH)

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	@$(BIN)/python -m compileall -q converter && $(BIN)/python -m converter.compile_cache  # the first start is no slower
	@touch $@

$(VENV)/dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

# What the tests need beyond Python: validators, readers and a browser.
packages:
	@sh tests/install-packages.sh

clean:
	rm -rf $(VENV) $(OUT)
