"""How often what is personal is missed, and how often a mine's own numbers are taken for it (漏遮率、误遮率)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from sangesan.method import masking
from sangesan.method.masking import Kind, mask

HERE = Path(__file__).with_name("personal")
MARK = re.compile("〔([^〕]*)〕")


def lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text().splitlines() if line and not line.startswith("#")]


def personal() -> Iterator[tuple[str, str]]:
    """Yield what is written, and how it reads covered."""
    kinds, kind = {one.value for one in Kind}, ""
    for line in lines("personal.txt"):
        if line in kinds:
            kind = line
        else:
            yield MARK.sub(r"\1", line), MARK.sub(f"［{kind}］", line)


def test_of_what_is_personal_nothing_is_missed_and_of_what_is_not_nothing_is_taken():
    said, plain = list(personal()), lines("ordinary.txt")
    missed = [(text, mask(text)) for text, covered in said if mask(text) != covered]
    taken = [(text, mask(text)) for text in plain if mask(text) != text]
    sys.stdout.write(f"missed {len(missed)} of {len(said)} ({len(missed) / len(said):.1%}), "
                     f"taken {len(taken)} of {len(plain)} ({len(taken) / len(plain):.1%})\n")
    assert len(said) >= 250 and len(set(plain)) >= 370
    assert missed == [] and taken == []


def test_what_is_covered_once_stays_so_whatever_stands_around_it():
    for text, covered in personal():
        assert mask(mask(text)) == mask(text)
        assert mask(f"反映：{text}。请答复") == f"反映：{covered}。请答复", text


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield every pattern of the rules of covering, by its place."""
    for module in iter_modules(masking.__path__):
        waiting = list(vars(import_module(f"{masking.__name__}.{module.name}")).items()) + list(vars(masking).items())
        while waiting:
            name, value = waiting.pop()
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value
            elif isinstance(value, (tuple, list)):
                waiting += [(name, one) for one in value]


def repeats(parsed) -> Iterator[tuple[int, int, object]]:
    """Yield the repeats of a parsed pattern, how often each may run, and what it repeats."""
    for code, value in parsed:
        if code in (re._constants.MAX_REPEAT, re._constants.MIN_REPEAT):
            yield value[0], value[1], value[2]
        for part in value if isinstance(value, (tuple, list)) else ():
            if isinstance(part, re._parser.SubPattern):
                yield from repeats(part)
            elif isinstance(part, list):
                for one in part:
                    if isinstance(one, re._parser.SubPattern):
                        yield from repeats(one)


@pytest.mark.parametrize("pattern", [pytest.param(p, id=name) for name, p in dict(patterns()).items()])
def test_no_pattern_runs_without_end_so_a_text_costs_what_its_length_says(pattern):
    """Each start costs a bounded number of steps: a text of twice the length costs twice as much."""
    for _least, most, _what in repeats(re._parser.parse(pattern.pattern, pattern.flags)):
        assert most <= 60
