"""Pay (奖惩兑现): results move the floating part of pay, exactly to the cent. Rules 5 and 8 of scoring.md.

A pool goes to units, then from a unit to its people; each stage sums exactly. What a person weighs
is post coefficient × share of a full post × days × factor of the result. A veto (一票否决) takes
the floating part of the post-holders it names; the workers' pool never falls below its floor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .payout import allocate
from .rounding import q

WHOLE = 10_000
"""A whole post, a factor of one (万分比)."""


@dataclass(frozen=True)
class PayRule:
    """How results move pay (兑现办法): by grade or by score, with a floor and a cap on what is taken."""

    mode: str = "coefficient"
    floor: int = 8_500
    deducted_most: int = 3_000
    reserve: int = 0
    grades: tuple[tuple[int, int], ...] = ((9_500, 11_000), (9_000, 10_000), (8_000, 9_500), (6_000, 8_500), (0, 7_000))


@dataclass(frozen=True)
class Member:
    """One line of the payroll list (分配名单一行): whose, in which unit, weighing what; `factor` of the result.

    `own` says that the factor is of the person's own result and not the unit's.
    """

    key: int
    unit: int
    base: int
    share: int
    days: int
    factor: int
    own: bool = True

    @property
    def present(self) -> int:
        """What it weighs before the result (出勤权重)."""
        return self.base * self.share * self.days

    @property
    def weight(self) -> int:
        return self.present * self.factor


@dataclass(frozen=True)
class Shared:
    """A pool shared out (分配结果): cents by unit and by line, what was held back, what nobody could be given."""

    units: dict[int, int]
    members: dict[int, int]
    reserve: int
    left: int


def factor(score: int | None, rule: PayRule) -> int:
    """Return the factor of a published result (系数); without a result it moves nothing.

    >>> [factor(s, PayRule()) for s in (9_500, 9_499, 5_999, None)]
    [11000, 10000, 7000, 10000]
    >>> factor(8_900, PayRule(mode="score_weighted"))
    8900
    """
    if score is None:
        return WHOLE
    if rule.mode == "score_weighted":
        return score
    return next((coefficient for least, coefficient in rule.grades if score >= least), 0)


def pool_factor(score: int | None, rule: PayRule) -> int:
    """Return the factor of a unit's pool (单位系数): its workers never bear more than the floor lets (W13)."""
    return max(rule.floor, factor(score, rule))


def person_factor(score: int | None, rule: PayRule, *, vetoed: bool = False) -> int:
    """Return a post-holder's factor (个人系数): nothing under a veto, else at most so much is taken.

    >>> person_factor(5_000, PayRule(deducted_most=2_000)), person_factor(9_800, PayRule(), vetoed=True)
    (8000, 0)
    """
    return 0 if vetoed else max(WHOLE - rule.deducted_most, factor(score, rule))


def share_out(pool: int, members: Sequence[Member], factors: Mapping[int, int], rule: PayRule) -> Shared:
    """Share a pool of cents (两级分配) among units by `factors`, then in each unit among its lines.

    >>> made = share_out(1_000_000, [Member(1, 7, 100, WHOLE, 30, WHOLE), Member(2, 7, 100, WHOLE, 30, WHOLE),
    ...                              Member(3, 8, 100, WHOLE, 30, WHOLE)], {7: WHOLE, 8: WHOLE}, PayRule())
    >>> made.units, made.members, made.left
    ({7: 666667, 8: 333333}, {1: 333334, 2: 333333, 3: 333333}, 0)
    """
    reserve = pool * rule.reserve // WHOLE
    present: dict[int, int] = {}
    inside: dict[int, dict[int, int]] = {}
    for member in members:
        present[member.unit] = present.get(member.unit, 0) + member.present
        inside.setdefault(member.unit, {})[member.key] = member.weight
    units = allocate(pool - reserve, {unit: present[unit] * factors[unit] for unit in sorted(present)})
    given: dict[int, int] = {}
    for unit, cents in units.items():
        given |= allocate(cents, inside[unit])
    return Shared(units, given, reserve, pool - reserve - sum(given.values()))


def top_up(shared: Shared, before: Sequence[Member], after: Sequence[Member], factors: Mapping[int, int],
           corrected: Mapping[int, int]) -> dict[int, int]:
    """Return what a correction adds to each line (补发), one-sided: nobody who was paid gives anything back (W19).

    Each line is reckoned anew at the rate at which its unit was paid, moved by the unit's own
    correction; a correction of one person doesn't water down the others'. Only what is more is paid.
    """
    now, rates = {member.key: member for member in after}, dict(corrected)
    weights: dict[int, Fraction] = {}
    for member in before:
        unit, weight = member.unit, Fraction(member.weight)
        if not now[member.key].own and factors[unit]:
            weight = weight * rates[unit] / factors[unit]
        weights[unit] = weights.get(unit, Fraction(0)) + weight
    found: dict[int, int] = {}
    for old in before:
        member, unit = now[old.key], old.unit
        moved = member.weight != old.weight or rates[unit] != factors[unit]
        if moved and weights[unit] and factors[unit]:
            target = Fraction(shared.units[unit] * rates[unit], factors[unit]) * member.weight / weights[unit]
            if (more := q(target) - shared.members[old.key]) > 0:
                found[old.key] = more
    return found


def weighed(weight: int) -> str:
    """Return a weight as one reckons it by hand (权重写法): post coefficient × share × days × factor.

    >>> weighed(125 * 10_000 * 22 * 11_000), weighed(100 * 5_000 * 30 * 9_643), weighed(0)
    ('30.25', '14.4645', '0')
    """
    whole, rest = divmod(weight, 10**10)
    return f"{whole}.{rest:010d}".rstrip("0").rstrip(".")


def yuan(cents: int) -> str:
    """Return how a page writes money (金额写法).

    >>> yuan(1234567), yuan(-5)
    ('12,345.67', '-0.05')
    """
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"

