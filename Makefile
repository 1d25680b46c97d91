# One door for people and CI. The first call makes .venv.
PYTHON ?= python3
BIN := .venv/bin
.PHONY: demo test lint types bench train
.venv/.stamp: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -e '.[dev]'
	touch $@
demo: .venv/.stamp
	$(BIN)/legation read examples/envoy.txt --published 2024-05-14
test: .venv/.stamp
	$(BIN)/python -m pytest
lint: .venv/.stamp
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
types: .venv/.stamp
	$(BIN)/mypy
bench: .venv/.stamp
	$(BIN)/python bench/speed.py
train: .venv/.stamp
	$(PYTHON) train/train.py
