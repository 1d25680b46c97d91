# One door for people and CI. The first call makes .venv.
PYTHON ?= python3
BIN := .venv/bin
.PHONY: demo serve test lint types bench train screenshots
.venv/.stamp: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -e '.[dev]'
	touch $@
# reads one article, then 71 reports of one crisis into a small desk and asks it
DEMO := build/demo.db
demo: .venv/.stamp
	$(BIN)/legation read examples/envoy.txt --published 2024-05-14
	@mkdir -p build
	$(BIN)/legation add examples/desk/reports.jsonl --store $(DEMO) --quiet
	$(BIN)/legation happenings --store $(DEMO) --min-reports 2
	$(BIN)/legation relations GUY-SUR --by month --store $(DEMO)
	@echo "Look at it: make serve"
serve: demo
	$(BIN)/legation serve $(DEMO)
test: .venv/.stamp
	$(BIN)/python -m pytest
lint: .venv/.stamp
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
types: .venv/.stamp
	$(BIN)/mypy
# the example desk in a real Chromium, for docs/images
screenshots: .venv/.stamp
	$(BIN)/python docs/screenshots.py
bench: .venv/.stamp
	$(BIN)/python bench/speed.py
# trees and names, the second opinion, the int8 file, then sequels of plans; DATA is described in train/README.md
RUN ?= training-run
train: .venv/.stamp
	@test -n "$(DATA)" || { echo "make train DATA=folder (train/README.md)"; exit 2; }
	$(BIN)/pip install -q -r train/requirements.txt
	$(BIN)/python train/train.py --data $(DATA) --out $(RUN)/trees
	$(BIN)/python train/acts.py --data $(DATA) --run $(RUN)/trees --corpus corpus/en corpus/coded --out $(RUN)/acts
	$(BIN)/python train/silver.py --data $(DATA) --out $(RUN)/silver.jsonl --part 2
	$(BIN)/python train/acts.py --data $(DATA) --run $(RUN)/acts --corpus corpus/en corpus/coded --out $(RUN)/pairs \
		--further --silver $(RUN)/silver.jsonl --rounds 23
	$(BIN)/python train/export.py --run $(RUN)/pairs
	$(BIN)/python train/rarity.py --corpus corpus
	$(BIN)/python train/strange.py --data $(DATA) --out $(RUN)/strange.jsonl
	$(BIN)/python train/sequel.py --corpus corpus --data $(DATA) --out $(RUN)/sequels --strange $(RUN)/strange.jsonl \
		--tokenizer src/legation/parse/model/tokenizer.json --minutes 150
	$(BIN)/python train/export.py --sequel $(RUN)/sequels/sequel.pt
	$(BIN)/python train/evaluate.py --data $(DATA)
