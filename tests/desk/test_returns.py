"""Reports in the forms of the company above: checked when they come, previewed, filled from facts, never guessed."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from python_calamine import CalamineWorkbook

from sangesan.desk import queries
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.audit.models import AuditEntry
from sangesan.method import facts
from sangesan.method.outcomes import MEASURES
from sangesan.method.spans import span
from sangesan.organization.documents import queries as documents
from sangesan.organization.documents import services
from sangesan.organization.documents.models import Form
from tests.builders import small_mine
from tests.desk.test_outcomes import duty
from tests.facts import answered
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("O1")]
NOV = span("2026-11")


@pytest.fixture
def mine(noon):
    mine = small_mine()
    for n, kind in enumerate((facts.DutyDone, facts.DutyDone, facts.DutyDone, facts.DutyMissed)):
        duty(kind, number=n)
    return mine


def word(*lines):
    made, out = Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.core_properties.author = "上级某人"
    made.save(out)
    return out.getvalue()


def excel(*cells, rich=False, inside=False, head=""):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": inside, "strings_to_formulas": False}) as book:
        sheet, bold = book.add_worksheet("月报"), book.add_format({"bold": True, "bg_color": "#FFEE00"})
        for row, cell in enumerate(cells):
            sheet.write(row, 0, cell, bold)
        if rich:
            sheet.write_rich_string(len(cells), 0, "时段：{", bold, "{ 时段 }", "}")
        sheet.write_formula(9, 0, "=SUM(A1:A3)")
        sheet.set_header(head)
    return out.getvalue()


def keep(mine, content, name="月报.xlsx", post="cadre"):
    return services.keep_form(scope=mine.scope(post), name=name, content=content)


def filled(mine, form, asked=NOV):
    return services.fill_form(scope=mine.scope("leader"), form=form, values=queries.values(mine.scope("leader"), asked))


def cells(content):
    return [row[0] for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()]


def test_a_spreadsheet_is_filled_with_numbers_where_numbers_stand_and_keeps_all_else(mine):
    form = keep(mine, excel("{{ 应办事项按时办结件数 }}", "{{应办事项按时办结总数}}", "{{ 应办事项按时办结比例 }}",
                            "{{ 填报单位 }} 共 {{ 应办事项按时办结总数 }} 项", rich=True))
    assert form.fields == ["应办事项按时办结件数", "应办事项按时办结总数", "应办事项按时办结比例", "填报单位", "时段"]
    made = filled(mine, form)
    assert cells(made)[:5] == [3.0, 4.0, 75.0, "青石岭矿 共 4 项", "时段：2026 年 11 月"]
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (excel(), made))
    assert after.testzip() is None and set(before.namelist()) <= set(after.namelist())
    sheet = after.read("xl/worksheets/sheet1.xml").decode()
    assert "SUM(A1:A3)" in sheet and ' s="1"' in sheet
    assert 'fullCalcOnLoad="1"' in after.read("xl/workbook.xml").decode()


def test_a_sheet_that_keeps_its_texts_in_the_cells_themselves_is_filled_with_numbers_too(mine):
    form = keep(mine, excel("{{ 应办事项按时办结件数 }}", "{{应办事项按时办结总数}}",
                            "共 {{ 应办事项按时办结总数 }} 项", inside=True))
    assert cells(filled(mine, form))[:3] == [3.0, 4.0, "共 4 项"]


def test_the_head_of_a_printed_page_is_filled_too_and_braces_in_it_that_are_no_name_are_refused(mine):
    made = filled(mine, keep(mine, excel("{{ 应办事项按时办结件数 }}", head="&C{{ 填报单位 }}&R{{ 时段 }} R&&D")))
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    assert "<oddHeader>&amp;C青石岭矿&amp;R2026 年 11 月 R&amp;&amp;D</oddHeader>" in sheet
    with pytest.raises(UserError, match="没有写对"):
        keep(mine, excel("{{ 时段 }}", head="&C{{ 填报 单位 }}"))


def test_a_figure_right_behind_the_size_of_letters_in_a_head_is_no_part_of_the_size(mine):
    head = "&C&12{{ 时段 }}&R&12{{ 填报单位 }}&&8{{ 时段 }}"
    made = filled(mine, keep(mine, excel("{{ 应办事项按时办结件数 }}", head=head)))
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    assert "&amp;C&amp;12 2026 年 11 月&amp;R&amp;12青石岭矿&amp;&amp;82026 年 11 月<" in sheet


def test_a_word_form_is_filled_and_its_properties_name_nobody(mine):
    sent = word("{{ 填报单位 }} {{ 时段 }}：{{ 应办事项按时办结比例 }}%", "另报：{{ 安全天数 }}")
    form = keep(mine, sent, "月报.docx")
    made = Document(io.BytesIO(filled(mine, form)))
    assert [p.text for p in made.paragraphs] == ["青石岭矿 2026 年 11 月：75.0%", "另报：（待填）"]
    assert made.core_properties.author == ""
    assert AuditEntry.objects.get(event="document.taken", subject=f"forms/{form.pk}").detail == {"form": "docx"}


def test_the_preview_tells_what_can_be_filled_and_what_is_left(mine):
    for n in range(3):
        answered("ZC1", f"2026-AAAAA{n}")
    form = keep(mine, excel("{{ 应办事项按时办结件数 }}", "{{ 事项按期答复总数 }}", "{{ 安全天数 }}"))
    found = queries.preview(mine.scope("leader"), form.fields, NOV)
    assert [(one.value, one.known) for one in found] == [(3, True), (None, True), (None, False)]
    assert cells(filled(mine, form))[:3] == [3.0, "（待填）", "（待填）"]


def test_the_table_of_fields_names_every_outcome_and_is_itself_a_form(mine):
    client = signed_in(mine.persons["cadre"])
    table = client.get("/w/returns/fields.xlsx").content
    form = keep(mine, table, "字段表.xlsx")
    names = [one.name for one in queries.fields()]
    assert form.fields == names and len(names) == len(set(names)) == 4 + sum(3 if m.of else 1 for m in MEASURES)
    assert all(name.isidentifier() for name in names)


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("xl/workbook.xml", b"0" * (30 << 20))
    return out.getvalue()


def holding(name, body=b"x"):
    out = io.BytesIO(excel("{{ 时段 }}"))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr(name, body)
    return out.getvalue()


def without(content, name, body=None):
    """Return a file whose part of that name is gone, or says something else (缺部件)."""
    source, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for entry in source.namelist():
            if entry != name or body is not None:
                packed.writestr(entry, body if entry == name else source.read(entry))
    return out.getvalue()


@pytest.mark.parametrize(("name", "content", "why"), [
    ("a.xls", b"\xd0\xcf\x11\xe0", "只收"), ("a.pdf", b"%PDF-1.4", "只收"), ("a.xlsx", b"not a file", "不是 .xlsx"),
    ("a.docx", excel("{{ 时段 }}"), "不是 .docx"), ("a.xlsx", word("{{ 时段 }}"), "不是 .xlsx"),
    ("a.xlsx", excel("没有字段"), "没有任何字段"), ("a.docx", word("没有字段"), "没有任何字段"),
    ("a.xlsx", excel("{{ 时段 }} {{ 单位"), "括号没有写对"), ("a.xlsx", excel("{% for 段 in 段落 %}"), "括号没有写对"),
    ("a.xlsx", excel("{{ 时段.年 }}"), "括号没有写对"), ("a.docx", word("{{ 时段"), "括号没有写对"),
    ("a.xlsx", excel("{{ 时段 }}：｛｛填报单位｝｝"), "没有写对：：｛｛填报单位"),
    ("a.xlsx", excel("{{ 时段 }}年｝}"), "没有写对"),
    ("a.docx", word("{{ 时段 }}：｛｛填报单位｝｝"), "没有写对：｛｛填报单位"),
    ("a.docx", word("{{ 时段 }}年｝}"), "没有写对"),
    ("a.docx", word("{% if 时段 %}有{% endif %}"), "只能写字段名"),
    ("a.docx", word("{{ 时段|upper }}"), "只能写字段名"),
    ("a.docx", word("{{ 时段.__class__ }}"), "只能写字段名"), ("a.docx", word("{{ range(9) }}"), "只能写字段名"),
    ("a.xlsx", bomb(), "太大"), ("a.xlsx", holding("xl/vbaProject.bin"), "宏"),
    ("a.xlsx", holding("xl/connections.xml"), "宏"),
    ("a.xlsx", holding("xl/worksheets/_rels/x.rels", b'<Relationship TargetMode="External" Target="//x/y"/>'), "外部"),
    ("a.xlsx", holding("xl/drawings/x.xml", b"<!DOCTYPE x>"), "不正常"),
    ("a.xlsx", excel("{{ 时段 }}") + b"0" * (3 << 20), "最多"),
    ("a.xlsx", without(excel("{{ 时段 }}"), "xl/workbook.xml", b"<workbook/>"), "不正常"),
    ("a.xlsx", without(excel("{{ 时段 }}"), "xl/workbook.xml", b"no xml"), "不正常"),
    ("a.docx", without(word("{{ 时段 }}"), "_rels/.rels"), "不正常"),
])
def test_a_form_that_cannot_be_filled_is_refused_saying_why_and_nothing_is_kept(mine, name, content, why):
    with pytest.raises(UserError) as fault:
        keep(mine, content, name)
    assert why in str(fault.value) and fault.value.next
    assert not Form.objects.exists()


def test_words_cannot_become_formulas_or_markup(mine):
    form = keep(mine, excel("{{ 时段 }}"))
    made = documents.filled(form, {"时段": "=1+1</t></si>{{ 填报单位 }}"})
    assert cells(made)[0] == "=1+1</t></si>{{ 填报单位 }}"


def test_a_new_one_of_the_same_name_takes_the_place_of_the_old_one(mine):
    old, new = keep(mine, excel("{{ 时段 }}")), keep(mine, excel("{{ 填报单位 }}"))
    assert [one.pk for one in documents.forms()] == [new.pk]
    with pytest.raises(NotFound):
        documents.form_for(old.pk)
    services.retire_form(scope=mine.scope("cadre"), pk=new.pk)
    assert documents.forms() == []
    with pytest.raises(Conflict):
        services.retire_form(scope=mine.scope("cadre"), pk=new.pk)


def test_only_keepers_of_templates_upload_and_only_those_with_the_overview_fill(mine):
    form = keep(mine, excel("{{ 时段 }}"))
    for post in ("leader", "secretary", "assessor"):
        with pytest.raises(Forbidden):
            keep(mine, excel("{{ 时段 }}"), "b.xlsx", post)
        with pytest.raises(Forbidden):
            services.retire_form(scope=mine.scope(post), pk=form.pk)
    for post in ("triage", "secretary", "assessor", "chief", "admin"):
        client = signed_in(mine.persons[post])
        for path in ("", "fields.xlsx", f"{form.pk}/"):
            assert client.get(f"/w/returns/{path}").status_code == 403, post
        for path in (f"{form.pk}/filled/", f"{form.pk}/retire/"):
            assert client.post(f"/w/returns/{path}").status_code == 403, post
        assert client.get("/w/returns/99/").status_code == 403, "a form there is and one there is not look alike"


def test_the_pages_take_preview_fill_and_retire(mine):
    client = signed_in(mine.persons["cadre"])
    assert "还没有模板" in client.get("/w/returns/").content.decode()
    sent = {"file": SimpleUploadedFile("../政工月报.xlsx", excel("{{ 应办事项按时办结件数 }}", "{{ 安全天数 }}"))}
    answer = client.post("/w/returns/", sent)
    form = Form.objects.get()
    assert answer["Location"] == f"/w/returns/{form.pk}/" and form.name == "政工月报.xlsx"
    page = client.get(f"/w/returns/{form.pk}/?span=2026-11").content.decode()
    assert "2 个字段，能填 1 个" in page and "认不出的字段" in page and "安全天数" in page
    given = client.post(f"/w/returns/{form.pk}/filled/", {"span": "2026-11"})
    assert given.status_code == 200 and "spreadsheetml" in given["Content-Type"] and cells(given.content)[0] == 3.0
    assert "document.xlsx" in given["Content-Disposition"]
    for bad in (SimpleUploadedFile("a.xlsx", b"x"), SimpleUploadedFile("a.exe", b"MZ")):
        answer = client.post("/w/returns/", {"file": bad})
        assert answer.status_code == 422 and "没有上传" in answer.content.decode()
    assert client.post("/w/returns/", {}).status_code == 422
    assert client.get(f"/w/returns/{form.pk}/?span=x").status_code == 404
    assert client.get("/w/returns/99/").status_code == 404
    assert client.get(f"/w/returns/{form.pk}/filled/").status_code == 405
    client.post(f"/w/returns/{form.pk}/retire/")
    assert not documents.forms()
