"""Pages of the rules: from the library to a version in force, by the page and by the workbook."""

import base64
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from sangesan.appraisal.rules import library, queries, services, views, workbook
from sangesan.appraisal.rules.models import Decision, RuleSet
from sangesan.foundation.errors import Conflict, UserError
from sangesan.foundation.sheets import giving
from sangesan.method.authority import Role
from sangesan.organization.people.models import Person
from tests.builders import person
from tests.builders import post as appointed
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
DRAFT = "/w/rules/period/1/"


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.chapter("S3b")
def test_the_library_to_start_from_is_whole_and_keeps_to_the_chapter(mine):
    assert queries.faults(services.draft(code="period", version=1, **library.START)) == []
    assert sum(i["weight"] for i in library.BRANCH) == 10_000 == sum(i["weight"] for i in library.UNITS)
    places = {(i["book"], bool(i["section"])) for i in (*library.BRANCH, *library.UNITS, *library.MORE)}
    assert places == {("branch", True), ("integrity", True), ("union", True)}


def test_a_draft_goes_by_the_page_from_the_library_to_its_day(assessor):
    page = text(assessor.get(DRAFT))
    assert "三会一课" in page and "可以提交职代会" in page and "合计 100 分，其中结果 70 分" in page
    told = {"digest": queries.whole(RuleSet.objects.get(code="period")), "meeting": "十届三次职代会",
            "document": "青职代〔2026〕3 号", "decided_on": "2026-11-20"}
    text(assessor.post(DRAFT + "decide/", told | {"meeting": ""}), 422)
    assert not Decision.objects.exists()
    assert assessor.post(DRAFT + "decide/", told).status_code == 302
    assert Decision.objects.get().document == "青职代〔2026〕3 号"
    assert assessor.post(DRAFT + "enforce/", {"since": "2026-12-01"}).status_code == 302
    assert "已定施行" in text(assessor.get("/w/rules/"))
    assert queries.in_force("period", date(2026, 12, 1)).version == 1


def test_what_is_refused_of_a_decision_a_day_or_an_indicator_stays_on_its_page_as_it_was_typed(assessor):
    told = {"digest": queries.whole(RuleSet.objects.get(code="period")), "meeting": "十届三次职代会",
            "document": "青职代〔2026〕3 号", "decided_on": "2027-11-20", "words": "决议原文一大段"}
    page = text(assessor.post(DRAFT + "decide/", told), 422)
    assert "决定日期在今天之后" in page and "决议原文一大段" in page and "三会一课" in page
    shown = assessor.get(DRAFT + "indicators/contact/").context["form"].initial
    said = {k: v for k, v in shown.items() if v is not None} | {"side": "result"}
    for n in range(31):
        assert assessor.post(DRAFT + "indicators/new/", said | {"name": f"联系点第{n}项"}).status_code == 302
    page = text(assessor.post(DRAFT + "indicators/new/", said | {"name": "第四十一项"}), 422)
    assert "党支部的指标有41项，最多40项" in page and "第四十一项" in page
    stale = assessor.post(DRAFT + "decide/", told | {"decided_on": "2026-11-20"})
    assert stale.status_code == 409, "another text than the one read is not decided by sending it again"
    assessor.post(DRAFT + "decide/", told | {"decided_on": "2026-11-20", "digest": queries.whole(
        RuleSet.objects.get(code="period"))})
    page = text(assessor.post(DRAFT + "enforce/", {"since": "2026-12-15"}), 422)
    assert "请选今后某月的 1 日" in page and "2026-12-15" in page


def test_an_indicator_is_changed_added_and_taken_out_and_the_comparison_says_so(assessor):
    row = RuleSet.objects.get(code="period")
    services.put_in_force(rule_set=row.pk, since=date(2026, 11, 1))
    assessor.post("/w/rules/begin/", {"source": "last"})
    url = "/w/rules/period/2/"
    shown = assessor.get(url + "indicators/contact/")
    said = {k: v for k, v in shown.context["form"].initial.items() if v is not None}
    assert assessor.post(url + "indicators/contact/", said | {
        "weight": "12", "field": "safety", "kinds": ["team", "branch.party"]}).status_code == 302
    assert assessor.post(url + "indicators/own_1/", said).status_code == 404
    assert assessor.post(url + "indicators/new/", said | {"name": "联系点回访"}).status_code == 302
    assert assessor.post(url + "indicators/hazards/remove/").status_code == 302
    page = text(assessor.get(url))
    assert "修改 · 联系点闭环" in page and "分值：10 → 12" in page
    assert "领域：和谐创建 → 安全生产" in page and "单位类别：党支部 → 区队、党支部" in page
    assert "新增 · 联系点回访" in page and "取消 · 隐患按期整改" in page
    assert assessor.post("/w/rules/period/1/indicators/contact/", said).status_code == 409
    for shown in ("indicators/contact/", "indicators/new/", "weights/", "grades/", "pay/", "links/new/"):
        assert "施行的办法只读" in text(assessor.get(f"/w/rules/period/1/{shown}"), 409)


def test_a_draft_is_thrown_away_only_after_a_second_step_that_says_what_is_lost(assessor):
    page = text(assessor.get(DRAFT))
    before, _form, rest = page.partition(f'action="{DRAFT}discard/"')
    assert before.rindex("<details><summary>废弃这份草案</summary>") > before.rfind("</details>"), "closed till opened"
    assert "不再保留，也不能恢复" in rest and rest.index("确认废弃") < rest.index("</details>")


def test_what_is_in_force_is_read_only_whatever_is_sent_and_the_way_to_a_new_version_is_shown(mine, assessor):
    row = RuleSet.objects.get(code="period")
    services.put_in_force(rule_set=row.pk, since=date(2026, 11, 1))
    assert "照最近一版改" in text(assessor.get("/w/rules/"))
    for sent in ("indicators/contact/remove/", "links/any/any/remove/", "indicators/new/", "discard/"):
        page = text(assessor.post(DRAFT + sent), 409)
        assert "施行的办法只读" in page and "起草新版" in page and "照最近一版改" in page and "刷新" not in page
    assert row.indicators.filter(code="contact").exists()
    for do, said in ((services.change, {"indicator": "contact", "said": None}), (services.settle, {"own_cap": 11_000}),
                     (services.redraft, {})):
        for key, why in ((row.pk, "施行的办法只读"), (0, "草案已经不在了")):
            with pytest.raises(Conflict) as fault:
                do(scope=mine.scope("assessor"), rule_set=key, **said)
            assert why in str(fault.value)


@pytest.mark.parametrize("code", ["contact", "leak"])
def test_a_kind_of_unit_whose_weights_are_all_nought_is_said_on_the_draft_and_never_decided(mine, assessor, code):
    row = RuleSet.objects.get(code="period")
    content = queries.content_of(row)
    alone = next(i for i in content["indicators"] if i["code"] == code) | {"kinds": ["enterprise"], "weight": 0}
    others = [i | {"kinds": ["team"]} for i in content["indicators"] if i["code"] != code]
    made = services.redraft(scope=mine.scope("assessor"), rule_set=row.pk, **content | {"indicators": [*others, alone]})
    page = text(assessor.get(DRAFT))
    assert "还不能提交职代会" in page and "“非煤单位”类单位的指标权重合计为零" in page and "登记决定" not in page
    with pytest.raises(UserError) as fault:
        services.decide(scope=mine.scope("assessor"), rule_set=made.pk, digest=queries.whole(made),
                        meeting="十届三次职代会", document="3 号", decided_on=date(2026, 11, 20))
    assert "“非煤单位”类单位的指标权重合计为零" in str(fault.value)


def test_what_bounds_an_indicator_is_written_on_the_page_and_kept_when_another_thing_is_changed(assessor):
    url = DRAFT + "indicators/organisation_life/"
    shown = assessor.get(url).context["form"].initial
    said = {k: v for k, v in shown.items() if v is not None}
    assert assessor.post(url, said | {"floor": "-2" , "cap": "12"}).status_code == 422
    assert assessor.post(url, said | {"floor": "2", "cap": "12"}).status_code == 302
    kept = {k: v for k, v in assessor.get(url).context["form"].initial.items() if v is not None}
    assert assessor.post(url, kept | {"name": "三会一课制度"}).status_code == 302
    row = RuleSet.objects.get(code="period").indicators.get(code="organisation_life")
    assert (row.name, row.floor, row.cap, row.full) == ("三会一课制度", 200, 1_200, 1_000)
    assert "岗位只能按完成率" in text(assessor.post(url, kept | {"target": "post"}), 422)


@pytest.mark.parametrize(("changes", "word"), [
    ({"method": "steps"}, "可以按"), ({"method": "deduct", "each": ""}, "每次分值"), ({"weight": "-3"}, ""),
    ({"weight": "9" * 30}, ""), ({"name": "\u200b\u2060"}, "请填写"), ({"place": "branch/absent"}, ""),
])
def test_a_wrong_indicator_is_named_and_nothing_is_stored(assessor, changes, word):
    shown = assessor.get(DRAFT + "indicators/contact/").context["form"].initial
    said = {k: v for k, v in shown.items() if v is not None} | changes
    before = queries.by_id(RuleSet.objects.get(code="period").pk).digest
    assert word in text(assessor.post(DRAFT + "indicators/contact/", said), 422)
    assert queries.by_id(RuleSet.objects.get(code="period").pk).digest == before


def uploaded(client, data, name="考核细则"):
    return client.post("/w/rules/import/", {"name": name, "file": SimpleUploadedFile("a.xlsx", data)})


def test_a_version_given_out_as_a_workbook_comes_back_as_the_same_rules(assessor):
    before = RuleSet.objects.get(code="period")
    rules = queries.by_id(before.pk)
    data = assessor.get(DRAFT + "workbook/").content
    answer = uploaded(assessor, data, name=before.name)
    assert "没有错误" in text(answer)
    assert assessor.post("/w/rules/import/take/", {"name": before.name, "data": answer.context["data"]}
                         ).status_code == 302
    again = queries.by_id(RuleSet.objects.get(code="period").pk)
    assert (again.pk, again.digest) != (rules.pk, "") and again.digest == rules.digest


def sheet(*rows):
    heads = [column.name for column in workbook.sheets()[0].columns]
    return giving.workbook({"指标": [heads, *rows]})


RIGHT = ["a", "按期答复", "", "和谐创建", "", "支部", "扣分", "结果", 20, "事项按期答复", "0.5", "", "", "", "", "", "",
         "信访办", "", "党支部工作手册", "answers", ""]


def wrong(place, value, code="b"):
    row = [*RIGHT]
    row[0], row[place] = code, value
    return row


def test_right_rows_only_or_none_and_the_workbook_comes_back_with_the_errors(assessor):
    data = sheet(RIGHT, wrong(5, "飞船"), wrong(6, "分步计分", "c"), wrong(10, "", "d"), wrong(8, 0, "e"), RIGHT,
                 wrong(20, "光荣榜", "f"), wrong(8, 10, "new"))
    answer = uploaded(assessor, data)
    page = text(answer)
    assert "有 7 行有错" in page and "没有“飞船”这类单位" in page and "写了两次" in page and "不用 new" in page
    assert "《党支部工作手册》里没有“光荣榜”这一篇" in page
    told = {"name": "考核细则", "data": answer.context["data"]}
    digest = queries.by_id(RuleSet.objects.get(code="period").pk).digest
    assert assessor.post("/w/rules/import/take/", told).status_code == 422
    assert queries.by_id(RuleSet.objects.get(code="period").pk).digest == digest
    back = CalamineWorkbook.from_filelike(io.BytesIO(assessor.post("/w/rules/import/faults/", told).content))
    assert "错误原因" in back.get_sheet_by_name("指标").to_python()[0]


def test_of_a_large_workbook_the_preview_carries_the_rows_alone(assessor, monkeypatch):
    monkeypatch.setattr(views.versions, "CARRIED", 1)
    given = assessor.get(DRAFT + "workbook/").content
    answer = uploaded(assessor, given)
    before = queries.by_id(RuleSet.objects.get(code="period").pk).digest
    assert answer.context["data"] != base64.b64encode(given).decode()
    told = {"name": "考核细则", "data": answer.context["data"]}
    assert assessor.post("/w/rules/import/take/", told).status_code == 302
    assert queries.by_id(RuleSet.objects.get(code="period").pk).digest == before


@pytest.mark.parametrize(("name", "rows", "word"), [
    ("挂钩", [["", "区队", "加权挂钩", 30], ["", "区队", "加权挂钩", 40]], "这条线的这类单位写了两次"),
    ("等次", [["优", 90, 1.1], ["优", 0, 1]], "等次“优”写了两次"),
    ("等次", [["优", 0, 1.1], ["差", 0, 1]], "从同一分数起"),
])
def test_what_stands_twice_on_another_sheet_is_named_and_only_the_first_is_taken(assessor, name, rows, word):
    heads = {one.name: [column.name for column in one.columns] for one in workbook.sheets()}
    answer = uploaded(assessor, giving.workbook({"指标": [heads["指标"], RIGHT], name: [heads[name], *rows]}))
    assert "有 1 行有错" in text(answer) and word in answer.content.decode()
    told = {"name": "考核细则", "data": answer.context["data"], "right_only": "1"}
    assert assessor.post("/w/rules/import/take/", told).status_code == 302
    row = RuleSet.objects.get(code="period")
    assert {"挂钩": row.links, "等次": row.grades}[name].count() == 1


def test_a_workbook_of_links_alone_leaves_the_indicators_and_one_whose_indicators_are_all_wrong_is_refused(assessor):
    heads = {one.name: [column.name for column in one.columns] for one in workbook.sheets()}
    links = [heads["挂钩"], ["", "区队", "加权挂钩", 30]]
    before = sorted(RuleSet.objects.get(code="period").indicators.values_list("code", flat=True))
    answer = uploaded(assessor, giving.workbook({"指标": [heads["指标"]], "挂钩": links}))
    told = {"name": "考核细则", "data": answer.context["data"]}
    assert assessor.post("/w/rules/import/take/", told).status_code == 302
    row = RuleSet.objects.get(code="period")
    assert sorted(row.indicators.values_list("code", flat=True)) == before and row.links.get().share == 3000
    answer = uploaded(assessor, giving.workbook({"指标": [heads["指标"], wrong(5, "飞船")], "挂钩": links}))
    told |= {"data": answer.context["data"], "right_only": "1"}
    assert assessor.post("/w/rules/import/take/", told).status_code == 422
    assert sorted(RuleSet.objects.get(code="period").indicators.values_list("code", flat=True)) == before


def test_the_right_rows_become_the_draft_when_it_is_asked_for(assessor):
    answer = uploaded(assessor, sheet(RIGHT[:20] + ["职工事项办理", ""], wrong(5, "飞船")))
    told = {"name": "考核细则", "data": answer.context["data"], "right_only": "1"}
    assert assessor.post("/w/rules/import/take/", told).status_code == 302
    row = RuleSet.objects.get(code="period")
    assert [(i.code, i.full, i.tallies[0]["points"]) for i in row.indicators.all()] == [("a", 2_000, 50)]
    assert row.grades.count() == 5 and row.pay.floor == 8_500 and row.indicators.get().section == "answers"
    assert "党支部工作手册" in (page := text(assessor.get(DRAFT))) and "职工事项办理" in page


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nonsense", "一段文字".encode()])
def test_what_is_no_workbook_is_refused_plainly(assessor, data):
    assert uploaded(assessor, data).status_code == 422


@pytest.mark.parametrize("data", ["%%%", base64.b64encode(b"x").decode()])
def test_a_preview_that_was_tampered_with_makes_no_draft(assessor, data):
    before = RuleSet.objects.count()
    answer = assessor.post("/w/rules/import/take/", {"name": "x", "data": data})
    assert answer.status_code in (400, 422) and RuleSet.objects.count() == before


POSTS = ["begin/", "import/", "import/take/", "import/faults/", "fields/family/", "period/1/decide/",
         "period/1/enforce/", "period/1/discard/", "period/1/indicators/new/", "period/1/indicators/contact/",
         "period/1/indicators/contact/remove/"]


@pytest.mark.parametrize("url", POSTS)
def test_whoever_does_not_draft_changes_nothing(assessor, client_of, url):
    before = queries.by_id(RuleSet.objects.get(code="period").pk).digest
    said = {"name": "x", "data": "eA==", "digest": before, "since": "2026-12-01", "meeting": "x", "document": "x",
            "decided_on": "2026-11-01", "on": "1"}
    for post in ("chief", "correspondent", "handler"):
        assert client_of(post).post("/w/rules/" + url, said).status_code in (400, 403, 404)
    assert queries.by_id(RuleSet.objects.get(code="period").pk).digest == before
    assert Client().post("/w/rules/" + url, said).status_code == 302


@pytest.mark.chapter("S3d")
def test_whoever_is_assessed_reads_what_is_in_force_and_no_draft(mine, assessor, client_of):
    """Whatever the post: the rules judge everybody, so everybody signed in reads them."""
    worker = signed_in(person("7001", "工人", mine.units["ZC1"]))
    appointed("worker", "检修工", mine.units["ZC1"], Role.MEMBER, Person.objects.get(work_number="7001"))
    for one in (*map(client_of, ("chief", "correspondent", "handler")), worker):
        assert "日结果" in (page := text(one.get("/w/rules/"))) and "起草新版" not in page and "第2版" not in page
        assert "解决属实" in text(one.get("/w/rules/daily/1/"))
        for url in ("", "workbook/", "indicators/contact/", "weights/"):
            assert one.get(DRAFT + url).status_code == 404
    services.put_in_force(rule_set=RuleSet.objects.get(code="period").pk, since=date(2026, 12, 1))
    assert "已定施行" in text(worker.get("/w/rules/")) and "三会一课" in (page := text(worker.get(DRAFT)))
    assert "登记职代会决定" not in page and "修改" not in page
    assert worker.get(DRAFT + "workbook/").content[:2] == b"PK"
    assert Client().get(DRAFT).status_code == 302


def test_the_page_asks_no_more_for_more_indicators(assessor, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        assessor.get(DRAFT)
