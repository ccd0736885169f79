"""Chinese is the source language of every word people read, through gettext (用语): docs/adr/0035."""

from __future__ import annotations

from django.utils import translation

from sangesan.foundation.management.commands.makemessages import Command
from sangesan.method import words

from .spoken import MARKS, bare, too_early, unfit
from .tree import files, shown

PYTHON = [path for path in files(".py", "sangesan", "config") if "migrations" not in path.parts]

OPERATOR = "said on the operator's terminal, in one language, before settings are read"
SHIPPED = "written into the enterprise's own tables, where it is the enterprise's own text"
FILES = "words of files, found again in what comes back"
DATA = {
    "sangesan/cli.py": OPERATOR,
    "sangesan/procedures/commands.py": OPERATOR,
    "sangesan/foundation/engine.py": OPERATOR,
    "sangesan/upkeep/": OPERATOR + "; the demo's texts are the demo mine's own",
    "config/settings.py:LANGUAGES": "a language says its own name in itself",
    "config/letterbox.py:LANGUAGES": "a language says its own name in itself",
    "sangesan/foundation/phones.py:SHIPPED": "a setting: what to write stands in the operator's own words",
    "sangesan/foundation/pinyin.py": "how characters are read; never shown",
    "sangesan/foundation/print/word.py:SONG": "the name of a typeface, as Word knows it",
    "sangesan/foundation/print/word.py:HEI": "the name of a typeface, as Word knows it",
    "sangesan/foundation/sheets/columns.py:YES": FILES,
    "sangesan/foundation/sheets/columns.py:_DATE": "how dates are written in files",
    "sangesan/foundation/sheets/giving.py:FAULTS": "the name of a column of files, found again in what comes back",
    "sangesan/feedback/intake/letters.py:ALIASES": "names of columns as offices write them",
    "sangesan/feedback/intake/letters.py:_MOMENT": "how dates are written in files",
    "sangesan/feedback/sealed/packing.py": "looked for in the names of posts",
    "sangesan/feedback/sealed/services/meant.py": "looked for in what people write and in the names of posts",
    "sangesan/foundation/sheets/suggest.py": "how numbers are written in names",
    "sangesan/organization/documents/words.py": "names of the places of a Word template, found again in it",
    "sangesan/desk/queries/returns.py": "names of the places of a form, found again in it",
    "sangesan/organization/documents/queries/drawing.py": "names of the places of a Word template; its trial letter",
    "sangesan/organization/documents/shipped.py": SHIPPED,
    "sangesan/organization/notices/transports/sms.py": "the form of a message as the provider has approved it",
    "sangesan/method/turns.py:USUAL": FILES,
    "sangesan/method/turns.py:REST": FILES,
    "sangesan/method/turns.py:_HOURS": FILES,
    "sangesan/appraisal/rules/library.py": SHIPPED,
    "sangesan/appraisal/rules/shipped.py": SHIPPED,
    "sangesan/execution/routines/library.py": SHIPPED,
    "sangesan/execution/rectification/services/figures.py:COLUMNS": FILES,
    "sangesan/execution/rectification/services/figures.py:PERSONAL": FILES,
    "sangesan/execution/rectification/services/sheeting.py:LIST": FILES,
    "sangesan/execution/study/services/planning.py:SHIFTS": "how a shift is called where it is kept",
    "sangesan/execution/rectification/words.py:SHIFTS": "how a shift is called where it is kept",
    "sangesan/appraisal/rules/workbook.py:VETOES": FILES,
    "sangesan/appraisal/rules/workbook.py:ORIGIN": FILES,
    "sangesan/appraisal/rules/workbook.py:STEPS": FILES,
    "sangesan/appraisal/rules/recognised.py": FILES,
    "sangesan/method/charging.py": "words of rules as enterprises write them; matched, never shown",
    "sangesan/method/recognising.py": "words of rules as enterprises write them; matched, never shown",
    "sangesan/method/sheet_cells.py": "words of sheets as enterprises write them; matched, never shown",
    "sangesan/method/sheet_heads.py": "heads of sheets as enterprises write them; matched, never shown",
    "sangesan/method/triage/": "what is looked for in the words of people who write; matched, never shown",
    "sangesan/method/folding.py": "variants of signs; matched, never shown",
    "sangesan/method/despair.py": "what is looked for in the words of people who write; matched, never shown",
    "sangesan/method/titles.py": "how people call the holder of a post; matched, never shown",
    "sangesan/method/spelling.py": "numerals and marks of numbers in the words of people who write; never shown",
    "sangesan/method/addressing.py": "how letters begin and whom they ask; matched, never shown",
    "sangesan/method/sounding.py:_VEIL": "what is written for a sign of a name; matched, never shown",
    "sangesan/method/few.py": "how people call one of few; matched, never shown",
    "sangesan/method/yours.py": "how people tell a unit of its own head; matched, never shown",
    "sangesan/method/triaging.py": "how people call those who take letters in; matched, never shown",
    "sangesan/method/accusing.py": "how people say who does what; matched, never shown",
    "sangesan/method/wrongs.py": "how people write of wrongs; matched, never shown",
    "sangesan/method/reports.py": "how documents begin that report somebody; matched, never shown",
    "sangesan/method/mentions.py": "how posts are called in the words of people who write; matched, never shown",
    "sangesan/method/masking/": "what is looked for to be hidden in a text; matched, never shown",
    "sangesan/method/wages.py": "sentences of letters about owed wages, names of an office; matched, never shown",
    "sangesan/method/reception.py:_DASH": "how hours are written; matched, never shown",
    "sangesan/method/reception.py:_BETWEEN": "how hours are written; matched, never shown",
    "sangesan/method/papers/wording.py": "the wording of lawful papers, which is evidence once it is issued",
    "sangesan/method/books/": "titles of the three handbooks, as the enterprise's decision has them",
    "sangesan/method/trial/": "faults of a file that is tried on the terminal, named in the file's own English keys",
    "sangesan/method/facts/document.py": "writes docs/facts.md, which is for those who read code",
}
"""Chinese that is no word of the house's own: a file, a folder or a constant of a file, and why."""


def reason(path: str, constant: str) -> str:
    if path.endswith(("/views.py", "/forms.py")) and f"{path}:{constant}" not in DATA:
        return ""
    return next((why for place, why in DATA.items()
                 if path.startswith(place) or f"{path}:{constant}" == place), "")


def test_every_chinese_word_of_the_code_goes_through_gettext_or_is_listed_data():
    found = {}
    for path in PYTHON:
        left = [f"{line} {text[:20]}" for line, constant, text in bare(path) if not reason(shown(path), constant)]
        if left:
            found[shown(path)] = left[:5]
    assert not found, f"mark these with _(), lazy() where a module is read, word() in the method: {found}"


def test_every_listed_place_of_data_still_holds_chinese():
    used = {place for path in PYTHON for _, constant, _ in bare(path) for place in DATA
            if shown(path).startswith(place) or f"{shown(path)}:{constant}" == place}
    assert used == set(DATA), "strike what is no longer needed"


def test_what_is_marked_can_be_gathered():
    wrong = [place for path in PYTHON for place in unfit(path)]
    assert not wrong, f"put the parts in with % after gettext: {wrong}"


def test_no_word_is_said_while_a_module_is_read():
    wrong = [place for path in PYTHON for place in too_early(path)]
    assert not wrong, f"these ask for a language before anybody reads a page; use gettext_lazy: {wrong}"


def test_a_word_of_the_method_is_said_in_the_reader_s_language_and_kept_in_the_source_language():
    said = words.word("已办结")
    words.speak({"已办结": "closed"}.get)
    try:
        assert (str(said), f"{said}", f"{said:>8}", "%s!" % said) == ("closed", "closed", "  closed", "closed!")  # noqa: UP031
        assert said == "已办结" and hash(said) == hash("已办结")
    finally:
        words.speak(str)


def test_what_is_marked_is_gathered_by_the_command_too():
    known = {option.partition("=")[2] for option in Command.xgettext_options}
    ours = {mark for mark in MARKS - {"_"} if not hasattr(translation, mark)}
    assert ours and ours <= known, "teach makemessages the new mark"
