"""What the terms of a method must keep to (办法条款审查): links, weights of lines, grades, pay.

A link that would carry nothing upward is none; a veto that may cost less than one of its steps is
a slip of the pen. Points are hundredths, shares basis points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .rounding import FULL
from .words import Word, word


def link_faults(mode: str, *, share: int = 0, rate: int = 0, cap: int = 0, effect: str = "", deduction: int = 0,
                most: int = 0) -> list[Word]:
    """Return what is wrong with a link rule (挂钩办法不合要求之处).

    >>> link_faults("blend", share=3_000), link_faults("blend"), link_faults("pass_through", rate=2_000)
    ([], ['下级占比是零，下级得失带不到上级'], ['逐级连带没有写至多扣几分'])
    >>> link_faults("blend", share=10_000)
    ['下级占到百分之百，本级得分不起作用']
    >>> link_faults("ceiling", share=3_000, effect="deduction", deduction=500, most=300)
    ['否决至多扣的分少于每个下级扣的分']
    """
    found = []
    if mode == "pass_through":
        found += [] if rate else [word("逐级连带没有写每失一分连带百分之几")]
        found += [] if cap else [word("逐级连带没有写至多扣几分")]
    else:
        found += [] if share else [word("下级占比是零，下级得失带不到上级")]
        found += [word("下级占到百分之百，本级得分不起作用")] if share >= FULL else []
    if effect == "deduction":
        found += [] if deduction else [word("被否决的下级另扣分，却没有写扣几分")]
        found += [word("否决至多扣的分少于每个下级扣的分")] if most < deduction else []
    return found


def weight_faults(weights: Mapping[str, int]) -> list[Word]:
    """Return what is wrong with the weights of lines (条线权重不合要求之处); no weights at all is all alike.

    >>> weight_faults({}), weight_faults({"party": 60, "union": 40}), weight_faults({"party": 0})
    ([], [], ['各条线权重合计为零'])
    """
    return [word("各条线权重合计为零")] if weights and not any(weights.values()) else []


def grade_faults(grades: Sequence[tuple[str, int, int]]) -> list[Word]:
    """Return what is wrong with grades (等次不合要求之处), as (name, least, coefficient).

    >>> grade_faults([("好", 9_000, 11_000), ("差", 0, 7_000)]), grade_faults([])
    ([], ['没有一个等次'])
    >>> grade_faults([("好", 9_000, 7_000), ("好", 8_000, 8_000)])
    ['两个等次同名', '等次没有从 0 分起，低分没有等次', '较高等次的系数低于较低等次']
    """
    if not grades:
        return [word("没有一个等次")]
    found = []
    if len({least for _, least, _ in grades}) < len(grades):
        found.append(word("两个等次从同一分数起"))
    if len({name for name, *_ in grades}) < len(grades):
        found.append(word("两个等次同名"))
    if min(least for _, least, _ in grades) > 0:
        found.append(word("等次没有从 0 分起，低分没有等次"))
    ordered = [coefficient for _, _, coefficient in sorted(grades, key=lambda one: one[1:], reverse=True)]
    if any(higher < lower for higher, lower in zip(ordered, ordered[1:], strict=False)):
        found.append(word("较高等次的系数低于较低等次"))
    return found


def pay_faults(floor: int, deducted_most: int, grades: Sequence[tuple[str, int, int]]) -> list[Word]:
    """Return what is wrong with a pay rule (兑现办法不合要求之处).

    >>> pay_faults(8_500, 3_000, [("好", 0, 11_000)]), pay_faults(0, 0, [("好", 0, 11_000)])
    ([], ['职工奖金池没有保底，一人被否决会牵连全体职工', '每人每期最多扣的是零，考核结果带不到兑现'])
    """
    found = [] if floor else [word("职工奖金池没有保底，一人被否决会牵连全体职工")]
    found += [] if deducted_most else [word("每人每期最多扣的是零，考核结果带不到兑现")]
    if grades and floor > max(coefficient for _, _, coefficient in grades):
        found.append(word("奖金池保底高于最高等次的系数，考核结果带不到兑现"))
    return found
