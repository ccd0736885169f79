"""Personal data is covered for everybody but the officer in charge (遮盖), and in whatever leaves the house."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.ledger.audit.models import AuditEntry
from sangesan.organization.people.models import Appointment, Person
from tests.builders import START, heard, person, small_mine
from tests.feedback.matters.roads import dispatched
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
PHONE, CARD = "13903191234", "130502198001011234"
TEXT = f"浴室没热水。刘志远打电话{PHONE}骂人，我的身份证{CARD}"


@pytest.fixture
def mine(noon):
    return small_mine()


def page(mine, code, number):
    return signed_in(mine.persons[code]).get(f"/w/matters/{number}/").content.decode()


def test_only_triage_and_whoever_has_it_in_hand_read_the_raw_words(mine):
    said = dispatched(mine, text=TEXT)
    lifted = {code for code in ("leader", "triage", "handler", "logistics", "chief", "secretary", "duty")
              if PHONE in page(mine, code, said.number)}
    assert lifted == {"triage", "handler", "logistics"}
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    assert "没有找到" in page(mine, "secretary", said.number), "the words name the secretary"
    for code in ("leader", "chief", "logistics"):
        seen = page(mine, code, said.number)
        assert PHONE not in seen and CARD not in seen and "刘志远骂" not in seen and "［身份证号］" in seen
    assert f'<b class="warn" title="电话">{PHONE}</b>' in page(mine, "handler", said.number)


def test_who_acts_for_an_officer_who_is_no_more_in_office_reads_it_and_who_stands_in_for_one(mine):
    said = dispatched(mine, text="浴室没热水", mode="named", name="马六", contact=PHONE)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    assert PHONE not in page(mine, "logistics", said.number)
    acting = Appointment.objects.create(person=mine.persons["correspondent"], post=mine.posts["handler"],
                                        kind="acting", since=START)
    assert PHONE in page(mine, "correspondent", said.number) and PHONE not in page(mine, "logistics", said.number)
    Appointment.objects.filter(pk=acting.pk).update(until=clock.today())
    Appointment.objects.filter(person=mine.persons["handler"]).update(until=clock.today())
    assert PHONE in page(mine, "logistics", said.number)
    for code in ("leader", "chief", "secretary", "duty"):
        assert PHONE not in page(mine, code, said.number), code


@pytest.mark.parametrize("mode", ["confidential", "named"])
def test_whoever_is_to_carry_out_a_measure_stays_named_and_no_covering_tells_who_spoke(mine, mode):
    """Whoever plans may type names to try them: covered alone, the one that spoke would be a hit."""
    person("5003", "鲁长河", mine.units["ZC1"])
    said = dispatched(mine, text="浴室没热水", mode=mode, name="鲁长河、马六")
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    staff, boss = mine.persons["correspondent"].name, mine.persons["secretary"].name
    services.plan(scope=mine.scope("logistics"), number=said.number, text=f"换阀门，{boss}骂人，鲁长河骂人",
                  until=clock.today(), who=f"{staff}、鲁长河、马六、牛七，{PHONE}")
    for code in ("logistics", "leader", "chief"):
        seen = page(mine, code, said.number)
        assert f"责任人：{staff}、鲁长河、马六、牛七，［电话］" in seen and "时限：" in seen, code
        assert f"{boss}骂" not in seen and "鲁长河骂" not in seen and "换阀门，［姓名］骂人，［姓名］骂人" in seen
    assert f"责任人：{staff}、鲁长河、马六、牛七，{PHONE}" in page(mine, "handler", said.number)


def test_how_to_reach_an_open_speaker_is_read_by_who_acts_on_the_words_or_calls_back(mine):
    said = dispatched(mine, text="浴室没热水", mode="named", name="马六", contact=f"{PHONE}，中午打")
    seen = {code: page(mine, code, said.number) for code in ("leader", "triage", "handler")}
    assert {code for code, text in seen.items() if PHONE in text} == {"triage", "handler"}
    assert "马六 · ［电话］，中午打" in seen["leader"], "the name was given openly"
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.draft(scope=mine.scope("handler"), number=said.number, text="修好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    assert PHONE in page(mine, "cadre", said.number) and PHONE not in page(mine, "leader", said.number)


def test_what_the_speaker_adds_is_covered_too(mine):
    said = dispatched(mine, text="浴室没热水")
    services.reply(code=said.receipt, text=f"打{PHONE}找我")
    assert PHONE not in page(mine, "leader", said.number) and PHONE in page(mine, "triage", said.number)


def test_the_place_and_what_waits_for_a_decision_are_covered_and_found_by_nobody(mine):
    said = dispatched(mine, text="浴室没热水")
    Matter.objects.filter(number=said.number).update(place=f"3号楼2单元501室，{CARD}")
    services.stale(Matter.objects.values_list("pk", flat=True))
    services.index_due()
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.extend(scope=mine.scope("handler"), number=said.number, days=3, reason=f"等{PHONE}回话")
    services.draft(scope=mine.scope("handler"), number=said.number, text=f"问过{PHONE}，修好了")
    for code, reads in {"handler": True, "leader": False, "cadre": False, "logistics": False}.items():
        seen = page(mine, code, said.number)
        assert (PHONE in seen, CARD in seen) == (reads, reads) and "修好了" in seen and "回话" in seen
    for words in (CARD, CARD[3:9], "2单元501"):
        assert not queries.find(mine.scope("leader"), words).hits


def test_a_title_that_is_corrected_is_covered_as_the_first_one_was(mine):
    said = heard("浴室没热水", unit="ZC1")
    services.describe(scope=mine.scope("triage"), number=said.number, title=f"张大力{PHONE}反映没热水")
    assert Matter.objects.get().title == "［姓名］［电话］反映没热水"


def test_every_other_reader_gets_the_covered_parts(mine):
    said = dispatched(mine, text=TEXT)
    scope = mine.scope("leader")
    given = queries.submissions(scope, queries.matter_for(scope, said.number))
    text = "".join(part for part, _kind in given[0].parts)
    assert PHONE not in text and "［电话］" in text and "浴室没热水" in text


@pytest.mark.chapter("N5")
def test_colleagues_names_stand_in_no_title_and_no_index(mine):
    said = heard("张大力不发雨靴，电话13903191234", unit="ZC1", mode="named")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.index_due()
    assert Matter.objects.get().title == "［姓名］不发雨靴，电话［电话］"
    for words in ("张大力", "13903191234", "9031"):
        assert not queries.find(mine.scope("leader"), words).hits
    assert queries.find(mine.scope("leader"), "不发雨靴").total == 1


def rows(answer):
    content = b"".join(answer.streaming_content)
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_name_of_somebody_who_left_is_covered_as_long_as_the_words_are_kept(mine):
    gone = person("3009", "钱守业", mine.units["ZC1"])
    said = dispatched(mine, text="钱守业借的雨靴没有还")
    Person.objects.filter(pk=gone.pk).update(until=clock.today())
    assert Matter.objects.get(number=said.number).title == "［姓名］借的雨靴没有还"
    assert "钱守业" not in page(mine, "leader", said.number) and "钱守业" in page(mine, "triage", said.number)


def test_the_export_is_what_is_filtered_covered_marked_and_logged(mine):
    one = dispatched(mine, text=TEXT)
    other = heard("=1+1 热水", unit="ZC2")
    services.grade(scope=mine.scope("triage"), number=other.number, urgency=1, importance=1)
    Matter.objects.exclude(number=one.number).update(title="＝HYPERLINK(13903191234)")
    gone = heard("队长贪钱", unit="ZC1")
    services.accuse(scope=mine.scope("triage"), number=gone.number)
    whole = rows(signed_in(mine.persons["leader"]).get("/w/matters/export.xlsx"))
    text = str(whole)
    assert one.number in text and gone.number not in text and PHONE not in text and "'＝HYPERLINK(" in text
    assert "王安民（矿长）" in text and "2 件" in text
    some = rows(signed_in(mine.persons["leader"]).get("/w/matters/export.xlsx", {"state": "dispatched"}))
    assert [row[0] for row in some if str(row[0]).startswith("2026-")] == [one.number]
    notes = AuditEntry.objects.filter(event="export.made", subject="matters")
    assert sorted(note.detail["rows"] for note in notes) == [1, 2]


@pytest.mark.parametrize("code", ["correspondent", "admin", "assessor"])
def test_whoever_sees_no_matters_exports_none(mine, code):
    dispatched(mine, text=TEXT)
    assert signed_in(mine.persons[code]).get("/w/matters/export.xlsx").status_code == 404
