# Set-up in two commands: `make demo` and `make test`. Both make .venv from nothing; a second run is quick.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DB     ?= demo.db

.PHONY: demo test lint bench clean

demo: $(VENV)/.installed
	@$(BIN)/claimtrack --db $(DB) ingest seeds/articles
	@$(BIN)/claimtrack --db $(DB) contradictions
	@$(BIN)/claimtrack --db $(DB) corroborations

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m "slow or not slow" -n auto --dist loadfile --max-worker-restart 0

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/stories.py

clean:
	rm -rf $(VENV) $(DB) $(DB)-shm $(DB)-wal

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "claimtrack needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# The stamps are older than pyproject.toml when dependencies changed: then pip runs again.
$(VENV)/.installed: $(BIN)/python pyproject.toml
	@echo "Installing claimtrack into $(VENV) (the first time takes a minute or two) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: $(BIN)/python pyproject.toml
	@echo "Installing claimtrack and its development tools into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed
