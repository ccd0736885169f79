"""The vocabulary of facts, and the document drawn from it."""

from dataclasses import fields
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.facts import KINDS, MatterClosed, encode, plain, term
from sangesan.method.facts.document import PLACE, document


def test_the_document_is_true():
    assert PLACE.read_text("utf-8") == document(), "run: python -m sangesan.method.facts.document"


def test_every_kind_is_an_object_and_what_happened_and_has_a_chinese_term():
    for kind, cls in KINDS.items():
        subject, _, verb = kind.partition(".")
        assert subject and verb
        assert term(kind) != kind, f"{cls.__name__}: put the Chinese term in brackets in its first line"
        assert any("一" <= c <= "鿿" for c in term(kind))


def test_no_kind_has_a_field_for_words_or_names():
    for cls in KINDS.values():
        for field in fields(cls):
            assert field.name not in {"text", "title", "name", "person", "comment", "note", "opinion", "attitude"}
            assert field.type in ("str", "int", "datetime | date"), f"{cls.__name__}.{field.name}"


@given(st.text(min_size=1))
def test_only_slugs_pass(text):
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/+-")
    fits = set(text) <= allowed and text[0].isalnum() and len(text) <= 80
    if fits:
        assert plain("x.reason", text) == text
    else:
        with pytest.raises(ValueError, match="no slug"):
            plain("x.reason", text)


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_the_order_of_fields_changes_no_byte(content):
    assert encode(content) == encode(dict(reversed(content.items())))


def test_moments_are_kept_in_utc_to_the_second():
    at = datetime(2026, 11, 24, 1, 2, 3, 999999, tzinfo=UTC)
    entry = MatterClosed(subject="matters/x", occurred_at=at, grade="A", in_time=True)
    assert entry.body()["occurred_at"] == "2026-11-24T01:02:03Z"
    assert entry.body()["in_time"] == 1
