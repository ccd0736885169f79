"""Whoever takes letters in reads none that tells of their office or work, and of a wrong (说到信访分办)."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from tests.builders import heard, hire, small_mine

pytestmark = pytest.mark.django_db
BOTH = ("triage", "partner")


@pytest.fixture
def mine(noon):
    mine = small_mine()
    hire(mine, "partner", "第二分办员", "XF", Role.TRIAGE, "3001")
    return mine


def readers(mine, said) -> list[str]:
    return [code for code in BOTH if queries.visible(mine.scope(code)).filter(number=said.number).exists()]


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", [
    "信访办那个女的把我的信给队长看了", "信访上的人跟队长是亲戚，我写的信队长第二天就知道了，还骂我",
    "接我信的那个人收了队长的烟", "办信的给队长通风报信", "信访上的人告诉队长是我写的", "分办的把我卖了",
    "收信的那个女的把我名字说出去了", "有人泄露了我的名字，只有信访上的人知道", "信访那个小伙子把举报信压下了",
    "信訪辦早就知道剋扣的事，裝聾作啞"])
def test_who_is_told_of_by_office_or_work_beside_a_wrong_does_not_triage_it(mine, words):
    said = heard(words, unit="ZC1")
    assert readers(mine, said) == []
    assert Notice.objects.filter(kind="matter.nobody", subject=f"matters/{said.number}").exists()
    assert Concern.objects.filter(mentioned=True, person=mine.persons["partner"].pk).exists()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", [
    "接我信的那个人跟队长是亲戚", "信访办那个女的是队长老婆", "办信的就是他外甥", "被信访办那个女的骂了一顿",
    "管信的跟我们书记喝酒，我的信就没了下文，书记还威胁我"])
def test_who_tells_of_one_of_them_needs_tell_of_no_wrong(mine, words):
    assert readers(mine, heard(words, unit="ZC1")) == []


@pytest.mark.parametrize("words", [
    "接访的大姐很热情，谢谢", "信访办那个女的说让等", "办信的同志打过电话", "接待我的同志很好", "分办的同志辛苦了",
    "请转给办信的同志", "处理信件的时间太长", "登记信息的表格不好填", "接访的那个小伙子已经答复过了"])
def test_who_of_them_is_praised_or_only_quoted_reads_it(mine, words):
    assert readers(mine, heard(words, unit="ZC1")) == list(BOTH)


@pytest.mark.parametrize("words", [
    "去信访办反映过，队长还是克扣奖金", "信访办答复说已经转给队里，队长还是克扣", "信访办：队长克扣奖金",
    "找信访上的人反映过，没有人管克扣的事", "上次写信给信访办，队长就打击报复我", "请办信的同志保密，队长报复心强",
    "信访办也去过，有人挪用公款", "市信访局答复过，矿上有人挪用公款", "信访件一直没人办，有人吃回扣",
    "队长克扣奖金，信访办也知道", "信访办让我等，有人骂人", "信访人是我本人，有人挪用公款"])
def test_where_somebody_only_went_is_told_of_nobody(mine, words):
    assert readers(mine, heard(words, unit="ZC1")) == list(BOTH)


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", ["信访办李文静把我的信给队长看了", "信访办分办员把我的信给队长看了"])
def test_who_of_them_is_named_or_told_of_by_a_title_of_the_own_is_meant_alone(mine, words):
    assert readers(mine, heard(words, unit="ZC1")) == ["partner"]


@pytest.mark.chapter("V4")
def test_a_later_word_tells_of_them_as_the_first_does(mine):
    said = heard("夜班没有热水", unit="ZC1")
    assert readers(mine, said) == list(BOTH)
    services.reply(code=said.receipt, text="接我信的那个人告诉队长是我写的")
    assert readers(mine, said) == []
