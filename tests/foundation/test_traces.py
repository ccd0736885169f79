"""No log repeats what somebody wrote, whatever fails (security.md, Cases: Unlinkability)."""

import logging.config
import sys
from copy import deepcopy
from io import StringIO

import pytest

from config import settings as inside

SAID = "谁也不该在日志里看到的话"


def line(fault: BaseException) -> str:
    made = logging.config.DictConfigurator(deepcopy(inside.LOGGING))
    to, log = StringIO(), logging.Logger("trial")
    log.addHandler(logging.StreamHandler(to))
    log.handlers[0].setFormatter(made.configure_formatter(deepcopy(inside.LOGGING["formatters"]["plain"])))
    try:
        try:
            raise KeyError(SAID)
        except KeyError as first:
            raise fault from first
    except type(fault):
        log.error("broken", exc_info=sys.exc_info())
    return to.getvalue()


@pytest.mark.parametrize("fault", [ValueError(SAID), RuntimeError(f'near "{SAID}"'), OSError(28, SAID)])
def test_a_fault_is_logged_with_its_kind_and_place_and_without_its_words(fault):
    told = line(fault)
    assert SAID not in told and type(fault).__name__ in told and "KeyError" in told
    assert told.count("test_traces.py") == 2, "both places, that of the first fault as well"


def test_a_fault_of_the_code_says_what_it_is():
    assert "has no attribute" in line(AttributeError("'int' has no attribute 'x'"))
