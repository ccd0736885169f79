"""Channels (渠道): what each road of words asks for, wherever it is entered.

Numbers are defaults of practice (domain.md 1.2, 1.6, 1.8) and may be changed here.

>>> visit_refused(heads=12, representatives=6)
'来访代表最多 5 人'
>>> letter_refused(dated=date(2026, 11, 24), received=date(2026, 11, 23))
'来信落款日期在收到日期之后'
"""

from __future__ import annotations

from datetime import date

from .deadlines import Calendar, add_working_days
from .words import word

REPRESENTATIVES = 5
"""Most who speak for a collective visit (集体来访代表人数), 信访工作条例 Art. 20."""
COLLECTIVE = 5
"""From so many heads on a visit is collective (集体来访)."""
SECONDERS = 2
"""Fewest who second a proposal (附议人数) to the workers' congress."""
HANDED_UP = 5
"""Working days within which a paper about a leader managed above goes to the level above (上交期限, domain.md 1.7)."""
PASSERS = 50
"""A poster hangs only where more than so many pass (海报张贴处人数)."""
UNION = "union"
"""The line of the union (工会条线), and its mailbox."""
OWNED = {"union": UNION, "proposal": UNION}
"""Channels that belong to a line (条线所属渠道): the union's mailbox, proposals to the workers' congress."""
ANOTHERS = ("leaders", "discipline", "box", "reception_day", "upper")
"""Channels that stay what they are, whoever writes them down (他人渠道): slips of a box, the record of a day."""
UNATTENDED = frozenset({"box", "letter", "upper"})
"""Channels whose words are entered with nobody beside (本人不在场的渠道): without a name nobody gets a receipt."""


def visit_refused(*, heads: int, representatives: int) -> str | None:
    """Return why a visit can't be entered so (来访人数), or None.

    >>> visit_refused(heads=1, representatives=1), visit_refused(heads=2, representatives=3)
    (None, '代表人数多于来访人数')
    """
    if representatives > heads:
        return word("代表人数多于来访人数")
    if representatives > REPRESENTATIVES:
        return word("来访代表最多 %(representatives)s 人") % {"representatives": REPRESENTATIVES}
    return None


def collective(heads: int) -> bool:
    """Return whether a visit is collective (是否集体来访).

    >>> collective(4), collective(5)
    (False, True)
    """
    return heads >= COLLECTIVE


def letter_refused(*, dated: date | None, received: date) -> str | None:
    """Return why the dates of a letter can't be right (来信日期), or None."""
    return word("来信落款日期在收到日期之后") if dated is not None and dated > received else None


def proposal_refused(*, named: bool, seconders: int) -> str | None:
    """Return why a proposal is none yet (提案要件), or None.

    >>> proposal_refused(named=True, seconders=2), proposal_refused(named=True, seconders=1)
    (None, '提案至少要 2 人附议')
    """
    if not named:
        return word("提案要写明提案人")
    return None if seconders >= SECONDERS else word("提案至少要 %(seconders)s 人附议") % {"seconders": SECONDERS}


def upper_refused(*, deadline: date | None, received: date) -> str | None:
    """Return why the upper's deadline can't be right (上级时限), or None."""
    return word("上级要求的办结日期在收到日期之前") if deadline is not None and deadline < received else None


def handing_refused(*, received: date, handed: date, today: date) -> str | None:
    """Return why the dates of a paper that was handed up can't be right (原件上交日期), or None.

    >>> monday = date(2026, 11, 23)
    >>> handing_refused(received=monday, handed=monday, today=monday)
    >>> handing_refused(received=monday, handed=date(2026, 11, 22), today=monday)
    '交出日期在收到日期之前'
    """
    if handed < received:
        return word("交出日期在收到日期之前")
    return word("日期在今天之后") if handed > today else None


def handed_late(received: date, handed: date, calendar: Calendar) -> bool:
    """Return whether a paper about a leader whose file lies above went up too late (上交是否超期).

    >>> from .deadlines import Days
    >>> [handed_late(date(2026, 11, 23), date(2026, 11, day), Days()) for day in (30,)]
    [False]
    >>> handed_late(date(2026, 11, 23), date(2026, 12, 1), Days())
    True
    """
    return handed > add_working_days(received, HANDED_UP, calendar)
