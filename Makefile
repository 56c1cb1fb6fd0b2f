# The logic is in tools/; here are only the names people type.

PYTHON ?= python3
VENV := .venv/bin
# More words for pytest: make test PYTEST="tests/storage -k plan"
PYTEST ?=

export LC_ALL := C.UTF-8
export PYTHONUTF8 := 1

define check-python
$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, e.g. make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
endef

.PHONY: help run test test-all lint format lock screenshots schemas assets prepare-tests clean

help:
	@echo "make run          prepare everything and start the demo on this machine"
	@echo "make test         everything that must hold before a change lands"
	@echo "make test-all     the same with the suites that take long"
	@echo "make lint         formatting, ruff, mypy, imports between floors"
	@echo "make format       format the code"
	@echo "make screenshots  pictures of the documentation, taken anew"
	@echo "make schemas      schemas of YAML for editors, exported anew"
	@echo "make lock         compile the locks again (UPGRADE=1 takes newer versions)"
	@echo "make clean        remove what was generated (databases of the demo too)"

run:
	@$(check-python)
	@$(PYTHON) -m tools.run

prepare-tests:
	@$(check-python)
	@$(PYTHON) -m tools.prepare

lint: prepare-tests
	@$(VENV)/python -m tools.lint

test: lint
	@$(VENV)/python -m pytest -n 2 --dist loadscope -m "not slow" $(PYTEST)

test-all: lint
	@$(VENV)/python -m pytest -n 2 --dist loadscope $(PYTEST)

format: prepare-tests
	@$(VENV)/ruff check --fix-only --quiet . && $(VENV)/ruff format .

screenshots: prepare-tests
	@$(VENV)/python -m tools.screenshots

schemas: prepare-tests
	@$(VENV)/partita schema export schemas

assets:
	@$(VENV)/python -m tools.assets

lock:
	@$(PYTHON) -m tools.lock $(if $(UPGRADE),--upgrade)

clean:
	@rm -rf .venv node_modules var build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@rm -rf themes/*/static/vendor themes/*/static/vendor.new
