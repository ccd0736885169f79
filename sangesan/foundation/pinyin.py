"""Pinyin initials (拼音首字母), so that 综采一队 is found by `zcyd`."""

from __future__ import annotations

import re

SURNAMES = {
    "单": "s", "仇": "q", "曾": "z", "解": "x", "查": "z", "区": "o", "种": "c", "乐": "y", "秘": "b", "折": "s",
    "翟": "z", "朴": "p", "召": "s", "长孙": "zs", "尉迟": "yc", "澹台": "tt", "万俟": "mq",
}
"""Surnames read otherwise than the character alone; only their first letters matter."""


def initials(text: str) -> str:
    """Return the first letters of a text (首字母), small letters and digits only.

    >>> initials("综采一队(检修)2班")
    'zcydjx2b'
    """
    from pypinyin import Style, lazy_pinyin  # its tables cost a quarter of a second

    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()
    return re.sub(r"[^a-z0-9]", "", letters)


def name_initials(name: str) -> str:
    """Return the first letters of a person's name (姓名首字母), surnames read as surnames.

    >>> name_initials("曾大有"), name_initials("单学军")
    ('zdy', 'sxj')
    """
    for length in (2, 1):
        if name[:length] in SURNAMES:
            return SURNAMES[name[:length]] + initials(name[length:])
    return initials(name)
