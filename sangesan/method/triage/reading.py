"""Reading (读文): what a model sees of a letter: its words without filling, names of numbers, signs.

A letter comes as raw text, cut into words by rjieba, or as words already cut. Both are brought to
the same form, so that a model trained on the one may read the other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from ..folding import fold

LONGEST = 4_000
"""Characters of a letter that are read (最多读取字数); what a letter is about is said before."""
FILLING = frozenset(
    "的 了 着 过 地 得 是 在 有 和 与 及 或 而 且 但 但是 而且 因为 所以 如果 虽然 由于 于是 以及 并 并且 等 等等 "
    "我 我们 你 你们 您 您们 他 他们 她 她们 它 它们 咱 咱们 自己 大家 这 那 这个 那个 这些 那些 这样 那样 这里 那里 "
    "此 该 其 之 所 以 于 为 从 到 向 对 对于 关于 把 被 给 让 叫 由 用 按 按照 根据 经 经过 通过 比 跟 同 "
    "就 都 也 还 又 再 才 只 只是 很 太 非常 十分 更 最 已 已经 曾 正 正在 将 要 会 能 可 可以 应该 应 "
    "不 没 没有 无 未 别 吗 呢 吧 啊 呀 嘛 哦 么 什么 怎么 为什么 如何 谁 哪 哪里 几 多少 "
    "一 一个 一些 个 上 下 里 中 内 外 前 后 时 时候 来 去 说 做 到底 究竟 敬 尊敬 您好 你好 谢谢 感谢".split()
)
"""Words that say nothing about what a letter is about (虚词)."""
_KEPT = re.compile(r"[㐀-鿿豈-﫿a-z]+")
_LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Said:
    """A letter as it came (一封来信): raw with an own title, or already cut into words."""

    text: str
    title: str = ""
    cut: bool = False


def words(said: Said, titles: int = 1) -> list[str]:
    """Return the words of a letter (取词), the title's first and as often as `titles` says.

    Numbers are left out: they tell of persons and amounts, never of a category.

    >>> words(Said("夜班 食堂 的 电话 13800000000", cut=True))
    ['夜班', '食堂', '电话']
    >>> words(Said("食堂的饭凉了", title="夜班"), titles=2)[:3]
    ['夜班', '夜班', '食堂']
    """
    body = (normal(said.text[:LONGEST])).split() if said.cut else _cut(normal(said.text[:LONGEST]))
    title = _cut(normal(said.title[:200]))
    found = [part for word in (*title * titles, *body) for part in _KEPT.findall(word)]
    return [word for word in found if word not in FILLING]


def normal(text: str) -> str:
    """Return a text in one script, width and case (归一).

    >>> normal("ＡＢｃ１２獎金")
    'abc12奖金'
    """
    return fold(unicodedata.normalize("NFKC", text)).lower()


def pairs(found: list[str]) -> list[str]:
    """Return single characters and pairs (单字与二字组) of the words in a row; Latin words stay whole.

    >>> pairs(["食堂", "饭"])
    ['食', '堂', '饭', '食堂', '堂饭']
    """
    row = [sign for word in found for sign in ([word] if _LATIN.fullmatch(word) else word)]
    return row + [left + right for left, right in zip(row, row[1:], strict=False)]


def _cut(text: str) -> list[str]:
    return _cutter()(text) if text else []


@cache
def _cutter():
    import rjieba  # loads its dictionary once, at the first letter

    return rjieba.cut
