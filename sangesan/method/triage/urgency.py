"""Urgent words (紧急词): what in a text should not wait, by what it is about. A list, no guess.

Found words are shown beside the matter; they never grade it.
"""

from __future__ import annotations

import re

from ..folding import fold

WORDS: dict[str, tuple[str, ...]] = {
    "险情": (
        "冒顶", "片帮", "透水", "突水", "瓦斯超限", "瓦斯报警", "一氧化碳", "着火", "冒烟", "爆炸", "坍塌", "塌方",
        "掉渣", "断绳", "锚杆断", "蹲罐", "罐笼晃", "跑车", "漏电", "触电", "报警响", "带病运行",
    ),
    "伤病": ("受伤", "工伤", "砸伤", "中毒", "晕倒", "昏倒", "中暑", "呼吸困难", "骨折", "流血", "送医院"),
    "聚集": ("一块去问", "一起去问", "集体上访", "集体停工", "停工", "堵门", "拉横幅", "联名", "集体反映"),
    "欠薪": ("拖欠工资", "欠薪", "没发工资", "没有发工资", "工资没发", "三个月没发"),
    "期限": ("今天之内", "今天必须", "马上", "立即", "赶紧", "等不了", "刻不容缓", "最后一天"),
}
_NOT = re.compile(r"(没有|没|未|无|防止|预防|防|杜绝|避免|演练|如果|万一)(发生|出现|再|有)?$")


def urgent(text: str) -> list[str]:
    """Return the urgent words of a text (找紧急词), gravest kind first; denied ones are left out.

    >>> urgent("3208面機尾掉渣，还在割煤，馬上来人")
    ['掉渣', '马上']
    >>> urgent("学习了防透水知识，没有发生冒顶")
    []
    """
    read = fold(text)
    return [word for words in WORDS.values() for word in words if _said(word, read)]


def _said(word: str, text: str) -> bool:
    at = text.find(word)
    while at >= 0:
        if not _NOT.search(text[max(0, at - 6) : at]):
            return True
        at = text.find(word, at + 1)
    return False
