"""Talks, home visits, help and condolence (谈心 家访 困难帮扶 慰问): fact, date and agreed help only.

There is no place for what somebody thinks. To whom it was lies in the words beside the fact alone:
no column holds a person, so nobody can be looked up or counted, and the words go when their time
is over. It is offered for a reason of life, with the person's own wish or consent, and never
because somebody spoke up (chapter N2, V.1, V.2).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from .words import word

KINDS = {"talk": word("谈心"), "home": word("家访"), "hardship": word("困难帮扶"), "condolence": word("慰问")}
GROUNDS = {"asked": word("本人提出"), "ill": word("生病住院"), "injury": word("工伤"), "bereaved": word("家里有丧事"),
           "hardship": word("生活困难"),
           "newcomer": word("新到岗或调岗"), "retiring": word("退休离岗"), "festival": word("节日走访"),
           "family": word("家里有喜事")}
HELP = {"none": word("没有需要帮的"), "money": word("申请救助金"), "medical": word("帮助就医"),
        "school": word("帮助孩子上学"),
        "shift": word("协调班次或岗位"), "legal": word("法律援助"), "company": word("再去看望"),
        "other": word("其他帮助")}
LONGEST_WHO, LONGEST_HELP = 20, 120
KEPT = timedelta(days=365)
"""How long the words are kept (文字保存期); fact, date and kind stay."""
LATEST_ENTRY = timedelta(days=31)
UNION_SEES = ("home", "hardship", "condolence")
"""Kinds the union in charge sees (工会经办范围): a talk is between the two."""
_NUMBER = re.compile(r"20\d\d-[0-9A-HJKMNP-TV-Z]{6}|[A-Z0-9]{4}(-[A-Z0-9]{4}){3}", re.I)


def refusal(day: date, today: date) -> str:
    """Return why a day cannot be entered (不能登记的原因), '' when it can.

    >>> refusal(date(2026, 11, 25), date(2026, 11, 24)), refusal(date(2026, 10, 1), date(2026, 11, 24))
    ('future', 'old')
    >>> refusal(date(2026, 11, 20), date(2026, 11, 24))
    ''
    """
    if day > today:
        return "future"
    return "old" if today - day > LATEST_ENTRY else ""


def of_a_speaker(words: str) -> bool:
    """Return whether words point at something said through a channel (涉及反映事项): that never belongs here.

    >>> of_a_speaker("帮助联系医院"), of_a_speaker("他反映的 2026-K7Q4MX")
    (False, True)
    """
    return bool(_NUMBER.search(words))
