"""Pages keep the promises of the house (页面): words through gettext, nothing inline, nothing from outside."""

from __future__ import annotations

import re

from .tree import CHINESE, ROOT, below, files, room, shown

TEMPLATES = files(".html", "sangesan")
PYTHON = [p for p in files(".py", "sangesan") if "migrations" not in p.parts]
REMARK = re.compile(r"{%\s*comment\b.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.S)
SPOKEN = re.compile(
    r"{%\s*(?:blocktranslate|blocktrans)\b.*?{%\s*end(?:blocktranslate|blocktrans)\s*%}"
    r"""|{%\s*(?:translate|trans)\s.*?%}|_\((["']).*?\1\)""", re.S)
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:", re.I)
SCRIPT = re.compile(r"<script(?![^>]*\bnonce=)", re.I)
OUTSIDE = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""", re.I)
DAY = re.compile(r"""DateInput\(.*["']type["']: ["']date["']""")
NAMED = re.compile(r"""(?:{%\s*url\s+|reverse(?:_lazy)?\(\s*|redirect\(\s*)["']([\w-]+):[\w:-]+["']""")


def test_every_chinese_word_of_a_template_goes_through_gettext():
    bare = {}
    for path in TEMPLATES:
        left = SPOKEN.sub("", REMARK.sub("", path.read_text()))
        found = [line.strip() for line in left.splitlines() if CHINESE.search(line)]
        if found:
            bare[shown(path)] = found[:3]
    assert not bare, f"wrap these in {{% translate %}} or, as an argument, in _(): {bare}"


def test_no_style_script_or_handler_stands_in_a_template():
    wrong = [shown(p) for p in TEMPLATES if INLINE.search(p.read_text()) or SCRIPT.search(p.read_text())]
    assert not wrong, f"the content security policy forbids them: {wrong}"


def test_a_day_is_offered_as_browsers_read_it():
    wrong = [f"{shown(p)}:{n}" for p in PYTHON for n, line in enumerate(p.read_text().splitlines(), start=1)
             if DAY.search(line) and "format=" not in line]
    assert not wrong, f"without a format the day offered is written 2026/09/29, which a browser shows as none: {wrong}"


def test_no_page_asks_another_server():
    wrong = [shown(p) for ending in (".html", ".css", ".js") for p in files(ending, "sangesan")
             if OUTSIDE.search(p.read_text())]
    assert not wrong


def namespaces() -> dict[str, str]:
    found = {}
    for path in PYTHON:
        said = re.search(r'^app_name = "([\w-]+)"', path.read_text(), re.M)
        if said:
            found[said[1]] = room_of(path)
    return found


def room_of(path) -> str:
    return room(".".join(path.relative_to(ROOT).parent.parts + ("x",)))


def test_a_page_names_only_addresses_of_its_own_room_or_a_lower_one():
    known, wrong = namespaces(), []
    for path in TEMPLATES + PYTHON:
        here = room_of(path)
        for name in NAMED.findall(path.read_text()):
            there = known.get(name)
            if there is None or not (there == here or below(there, here)):
                wrong.append(f"{shown(path)} → {name}")
    assert not wrong, f"link to a subject's address instead: {wrong}"


def test_messages_of_forms_and_views_go_through_gettext():
    said = re.compile(r"""messages\.(?:success|error|info|warning)\([^)_]*["'][^"']*[\u3400-\u9fff]""")
    wrong = [shown(p) for p in PYTHON if said.search(p.read_text())]
    assert not wrong
