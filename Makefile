# Each line below is one that a person could type. `make run` and `make test` need Python 3.11 or newer and make.
.PHONY: run test test-all check lint setup bench messages lock

run: ; @scripts/setup run && TEQUIO_SUPERVISOR=$$PPID exec .venv/bin/tequio run

test: ; @scripts/setup dev && scripts/test $(ARGS)

test-all: ; @scripts/setup dev && scripts/test --all $(ARGS)

check: ; @scripts/setup dev && scripts/check

lint: ; @scripts/setup dev && .venv/bin/ruff check --fix . && .venv/bin/ruff format .

setup: ; @scripts/setup dev && scripts/chromium

bench: ; @scripts/setup bench && .venv-bench/bin/python bench

messages: ; @scripts/setup dev && .venv/bin/python scripts/messages.py update

lock: ; @scripts/lock --upgrade
