"""Ruling: what keeps an assessment method from being decided."""

from dataclasses import replace

import pytest

from sangesan.method.ruling import RAISED, Written, faults

GOOD = Written("按期答复", 60, "completeness", "result", (), True, True, 0, 10_000, 0, 10_000, None,
               [{"kind": "matter.answered", "good": True}, {"kind": "matter.overdue"}])
PROCESS = replace(GOOD, name="三会一课", weight=40, side="process")


def test_a_whole_method_has_no_fault():
    assert faults([GOOD, PROCESS], [(0, 7_000), (9_500, 11_000)], {"party": 40}) == []


@pytest.mark.chapter("V2")
@pytest.mark.parametrize("kind", sorted(RAISED & {"matter.received", "matter.graded", "matter.merged"}))
def test_how_much_was_raised_is_read_by_no_indicator(kind):
    wrong = replace(GOOD, tallies=[{"kind": kind}])
    assert any("反映多少不能影响得分" in fault for fault in faults([wrong]))


@pytest.mark.chapter("V2")
@pytest.mark.parametrize(("standard", "charged"), [
    ("发生越级上访一起扣5分", True), ("每发生一起集体上访，扣10分", True), ("发生进京上访一票否决", True),
    ("信访量每上升一成扣1分；按期答复", True), ("每件诉求逾期扣1分", False), ("有信访接待记录缺一次扣1分", False),
    ("发生打击报复上访人的一票否决", False), ("发生轻伤扣10分；信访件按期办结", False),
    ("虚假办结每件扣5分；造成上访的每起扣10分", True), ("越级上访一起扣5分", True), ("赴省进京上访一票否决", True),
    ("无越级上访、集体上访；发生一起扣10分", True), ("信访总量不超过5件；每超一件扣1分", True),
    ("发生群体性上访事件；一票否决", True), ("职工投诉一次扣2分", True), ("发生上访不得分", True),
    ("全年无上访加5分", True), ("未发生上访的得满分，发生一起扣5分", True),
    ("无集体上访事件，安全无事故；轻伤一起扣10分", False), ("信访办结率100%；每低1%扣1分", False),
    ("有上访苗头未及时上报的扣2分", False), ("信访诉求件件有回音；超期未答复每件扣2分", False),
    ("诉求登记错误每件扣1分", False), ("无信访积案；积案一件扣2分", False)])
def test_no_standard_charges_for_what_was_raised_though_somebody_enters_it_by_hand(standard, charged):
    found = faults([replace(GOOD, standard=standard), PROCESS])
    assert any("反映多少不能影响得分" in fault for fault in found) is charged


@pytest.mark.chapter("V2")
def test_a_name_that_wants_nobody_to_petition_charges_for_it_though_the_standard_does_not_say_so():
    assert "反映多少不能影响得分" in faults([replace(GOOD, name="无集体上访", standard="每起扣5分"), PROCESS])[0]


@pytest.mark.chapter("V2")
def test_results_weigh_sixty_in_a_hundred_for_every_kind_of_unit():
    assert faults([GOOD, PROCESS]) == []
    assert "59%" in faults([replace(GOOD, weight=59), replace(PROCESS, weight=41)])[0]
    office = replace(PROCESS, kinds=("office",), weight=10)
    assert faults([GOOD, PROCESS, office], names={"office": "科室"}) == ["“科室”类单位的结果指标占 54%，不得低于 60%"]


@pytest.mark.chapter("V2")
def test_satisfaction_counts_from_ten_answers_on():
    rated = replace(GOOD, tallies=[{"kind": "matter.rated", "good": True}])
    assert "10 份评价" in faults([rated])[0]
    assert faults([replace(rated, least=10)]) == []


@pytest.mark.chapter("S3a")
def test_every_indicator_has_its_place_in_a_book():
    assert "三册" in faults([replace(GOOD, placed=False)])[0]


@pytest.mark.parametrize(("wrong", "word"), [
    ({"weight": 0}, "权重合计为零"), ({"on": False}, "没有启用"), ({"tallies": []}, "没有写明"),
    ({"tallies": [{"kind": "weather.fair"}]}, "不是台账条目"), ({"method": "ratio"}, "计划值"),
    ({"method": "deduct", "full": 0}, "满分"), ({"method": "deduct", "cap": 500}, "满分"),
    ({"method": "deduct"}, "分值"), ({"method": "steps"}, "计入方式"), ({"method": "magic"}, "计入方式"),
    ({"method": "veto", "tallies": [{"kind": "matter.closed", "as": "veto"}]}, "分值应为 0"),
])
def test_a_fault_is_said_plainly(wrong, word):
    assert any(word in fault for fault in faults([replace(GOOD, **wrong)]))


def test_what_is_no_veto_and_weighs_nothing_is_told_so_and_not_called_a_veto():
    assert faults([GOOD, replace(PROCESS, weight=0)]) == ["“三会一课”没有分值：只有一票否决不计分值"]


def test_no_kind_of_unit_has_more_than_forty_indicators():
    many = [replace(GOOD, weight=1, kinds=("branch",)) for _ in range(41)]
    assert faults(many) == ["“branch”类单位有 41 项指标，最多 40 项"]
    assert faults(many[:40]) == []


def test_grades_reach_down_to_nought_and_rise_with_the_score():
    assert faults([GOOD], [(6_000, 8_500)]) == ["等次没有从 0 分起，低分没有等次"]
    assert faults([GOOD], [(0, 9_000), (9_000, 8_000)]) == ["较高等次的系数低于较低等次"]


def test_the_lines_weigh_something():
    assert faults([GOOD], line_weights={"party": 0}) == ["各条线权重合计为零"]
