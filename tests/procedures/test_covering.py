"""What stands covered under older rules is covered anew, whole, once, and a portion at a time (重新遮盖)."""

from __future__ import annotations

import pytest
from django.db import OperationalError, transaction

from sangesan.feedback.intake.models import Reception, Visitor
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.pulse.models import PublishedAnswer
from sangesan.feedback.pulse.queries import answers
from sangesan.feedback.pulse.services import publishing
from sangesan.feedback.research import services as research
from sangesan.feedback.research.models import Topic
from sangesan.foundation import clock
from sangesan.foundation.jobs import queries as jobs
from sangesan.foundation.search import Entry, bigrams
from sangesan.method import masking
from sangesan.organization.people.models import Post
from sangesan.organization.people.services import add_person
from sangesan.organization.units.models import Unit
from sangesan.procedures import covering
from sangesan.upkeep import doctor
from tests.at_once import together
from tests.builders import heard, small_mine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_at_once")]
PHONE, CARD = "13903191234", "130502198001011234"


@pytest.fixture
def mine(noon):
    return small_mine()


def find(mine, words):
    services.index_due()
    return [hit.matter.number for hit in queries.find(mine.scope("leader"), words).hits]


def stored_before(monkeypatch, text, **kwargs):
    """A matter stored under rules that saw nothing."""
    with monkeypatch.context() as older:
        older.setattr(masking, "mask", lambda text, names=masking.NO_NAMES: text)
        said = heard(text, unit="ZC1", **kwargs)
        services.index_due()
    return said


def said_by_doctor():
    return next(one for one in doctor.examine() if one.word == "个人信息遮盖")


def test_a_title_and_an_index_from_before_are_covered_by_the_rules_of_today(mine, monkeypatch):
    said = stored_before(monkeypatch, f"打{PHONE}找张大力")
    assert Matter.objects.get().title == f"打{PHONE}找张大力" and find(mine, PHONE) == [said.number]
    assert not said_by_doctor().well and "1 件" in said_by_doctor().said
    assert covering.run() == 1
    assert Matter.objects.get().title == "打［电话］找［姓名］"
    assert find(mine, PHONE) == [] and find(mine, "找姓名") == [] and covering.waiting() == 0
    assert said_by_doctor().well


def test_a_number_cut_off_at_the_end_of_a_title_is_covered_from_the_words(mine, monkeypatch):
    stored_before(monkeypatch, f"浴室没有热水已经第三次向你们反映了我的身份证{CARD}，请给答复")
    assert Matter.objects.get().title.endswith("13050…") or CARD[:5] in Matter.objects.get().title
    covering.run()
    assert CARD[:5] not in Matter.objects.get().title


def test_an_index_from_before_traditional_characters_were_read_finds_them_afterwards(mine, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr(bigrams, "_read_as", [str])
        said = heard("澡堂沒有熱水", unit="ZC1")
        services.index_due()
    assert find(mine, "热水") == [] and find(mine, "熱水") == []
    covering.run()
    assert find(mine, "热水") == find(mine, "熱水") == [said.number]


def test_a_title_somebody_corrected_stays_what_it_was(mine, monkeypatch):
    said = stored_before(monkeypatch, f"打{PHONE}")
    services.describe(scope=mine.scope("triage"), number=said.number, title="浴室没有热水")
    covering.run()
    assert Matter.objects.get().title == "浴室没有热水"


def test_it_goes_on_where_it_broke_off_and_twice_changes_nothing(mine, monkeypatch):
    for n in range(7):
        stored_before(monkeypatch, f"第{n}次打{PHONE}")
    monkeypatch.setattr(covering, "PORTION", 2)
    assert covering.run(seconds=0) == 2 and covering.waiting() == 5
    assert Matter.objects.filter(title__contains=PHONE).count() == 5
    assert jobs.of("cover matters").percent == 28
    assert covering.run() == 5 and covering.waiting() == 0
    before = list(Matter.objects.order_by("pk").values_list("title", flat=True))
    assert covering.run() == 0 and list(Matter.objects.order_by("pk").values_list("title", flat=True)) == before
    assert not Matter.objects.filter(title__contains=PHONE).exists()


def test_rules_of_a_later_version_walk_through_all_again(mine, monkeypatch):
    heard("浴室没热水", unit="ZC1")
    assert covering.run() == 1 and covering.run() == 0
    monkeypatch.setattr(masking, "VERSION", masking.VERSION + 1)
    assert covering.waiting() == 1 and covering.run() == 1 and covering.waiting() == 0


def test_who_joins_the_roster_later_is_covered_in_what_was_stored_before(mine):
    heard("欧阳修文骂人，没人管", unit="ZC1")
    covering.run()
    assert Matter.objects.get().title.startswith("欧阳修文")
    add_person(work_number="9901", name="欧阳修文", unit=mine.units["ZC1"])
    assert covering.waiting() == 1 and covering.run() == 1 and covering.waiting() == 0
    assert Matter.objects.get().title.startswith("［姓名］") and find(mine, "欧阳修文") == []


def test_a_unit_and_a_handler_are_found_by_the_names_they_have_today(mine):
    said = heard("浴室没热水", unit="ZC1")
    assert find(mine, "综采一队") == [said.number] and covering.run() == 1
    Unit.objects.filter(code="ZC1").update(name="智能综采队")
    covering.run()
    assert find(mine, "智能综采") == [said.number] and find(mine, "综采一队") == []


def test_a_walk_comes_to_its_end_though_names_join_all_the_time(mine, monkeypatch):
    for n in range(4):
        heard(f"第{n}次没热水", unit="ZC1")
    monkeypatch.setattr(covering, "PORTION", 2)
    assert covering.run(seconds=0) == 2
    add_person(work_number="9902", name="欧阳修文", unit=mine.units["ZC1"])
    assert covering.run() == 2 and covering.waiting() == 4  # those of before, to their end
    assert covering.run() == 4 and covering.waiting() == 0


def test_a_new_database_has_nothing_to_cover_anew(mine):
    covering.begin_anew()
    heard("浴室没热水", unit="ZC1")
    assert covering.waiting() == 0 and covering.run() == 0


def test_a_published_answer_and_its_index_are_covered_anew(mine):
    one = PublishedAnswer.objects.create(
        subject="matters/2026-AAAAAA", category="other", question="浴室没热水", answer=f"问{PHONE}", state="published",
        drafted_by=1, drafted_at=clock.now(), published_on=clock.today())
    answers.INDEX.put([Entry(one.pk, one.published_on, one.answer, (answers.EVERYBODY,))])
    assert answers.page(PHONE).rows
    covering.run()
    assert not answers.page(PHONE).rows and answers.page("电话").rows[0].answer == "问［电话］"


@pytest.mark.engine("postgresql")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("room", "made"), [
    (research, lambda mine: Topic.objects.create(
        number="2026-AAAAAA", title="热饭", question="怎么送", by=mine.posts["cadre"], opened_on=clock.today(),
        due_on=clock.today())),
    (publishing, lambda mine: PublishedAnswer.objects.create(
        subject="matters/2026-AAAAAA", category="other", question="浴室", answer="修了", state="published",
        drafted_by=1, drafted_at=clock.now(), published_on=clock.today()))], ids=["topics", "answers"])
def test_whoever_concludes_or_withdraws_what_is_being_covered_waits_and_is_not_undone(mine, monkeypatch, room, made):
    one, held = made(mine), []

    def somebody_else():
        with transaction.atomic():
            type(one).objects.select_for_update(nowait=True).get(pk=one.pk)

    def masker():
        held.extend(together(somebody_else))
        return str

    monkeypatch.setattr(room, "masker", masker)
    assert room.cover_again(-1, 10) == [one.pk]
    assert [type(fault) for fault in held] == [OperationalError]


def test_a_result_of_a_reception_day_from_before_is_covered_anew(mine):
    held = Reception.objects.create(unit=mine.units["HQ"], day=clock.today(), post=Post.objects.first(), place="办公楼")
    heard("工伤没回音", unit="ZC1")
    row = Visitor.objects.create(reception=held, said=Submission.objects.get(), outcome="spot", result=f"答复了{PHONE}")
    covering.run()
    row.refresh_from_db()
    assert row.result == "答复了［电话］"


def test_what_left_the_flow_is_covered_too_and_stays_out_of_the_index(mine):
    said = heard("浴室没热水", unit="ZC1")
    services.accuse(scope=mine.scope("triage"), number=said.number)
    Matter.objects.update(title=f"打{PHONE}")
    covering.run()
    assert Matter.objects.get().title == "打［电话］" and queries.searching.INDEX.count() == 0
