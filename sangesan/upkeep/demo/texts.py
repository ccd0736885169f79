"""Texts (诉说的话): what people of the demo mine say, in `words/`, one file for each category.

`{face}`, `{dorm}` and `{n}` are filled in, so that the same trouble comes back at other places.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

FOLDER = Path(__file__).parent / "words"
FACES = ("3208", "3211", "2105", "2107", "7306", "7310", "9202", "1509")
HOMES = ("二号单身楼", "五号单身楼", "七号单身楼", "东区12栋", "东区9栋", "西区3栋")
EPISODES = ("hot", "rise", "heat")
CATEGORY = {"hot": "pay", "rise": "hours", "heat": "logistics"}


@dataclass(frozen=True)
class Words:
    """One thing said (一段话): who says it, how grave it is, and what was answered."""

    who: str
    urgency: int
    importance: int
    kind: str
    category: str
    title: str
    text: str
    answer: str

    def filled(self, random: Random) -> tuple[str, str, str]:
        """Return title, text and answer with places and numbers (填入地点与数目)."""
        spots = {"face": random.choice(FACES), "dorm": random.choice(HOMES), "n": random.randint(2, 9)}
        return tuple(words.format(**spots) for words in (self.title, self.text, self.answer))


@cache
def spoken(name: str) -> tuple[Words, ...]:
    """Return the texts of one file (一类诉说)."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Words(row["who"], int(row["u"]), int(row["m"]), row["kind"], CATEGORY.get(name, name),
                  row["title"], row["text"], row["answer"])
            for row in csv.DictReader(file, delimiter="|")
        )


@cache
def everyday(seed: int, grave: bool) -> tuple[Words, ...]:
    """Return all ordinary texts in an order of their own (日常诉说); grave ones (A 级) apart."""
    names = sorted(path.stem for path in FOLDER.glob("*.csv") if path.stem not in EPISODES)
    pool = [words for name in names for words in spoken(name) if (words.urgency * words.importance >= 6) == grave]
    Random(seed).shuffle(pool)  # noqa: S311 - an order, no secret
    return tuple(pool)


CALL_BACK = (
    "电话回访：事情办了，人也见着了，没有别的要求。", "当面回访：现场看过，确已整改，本人认可。",
    "电话回访：基本解决，希望以后别再反复。", "回访时在班前会问了三个人，说法一致，已解决。",
    "打了两次电话没联系上，已在回执里留言并登记。",
)
FIRST = (
    "收到了，已安排人今天到现场看，看完给您回话。", "情况已经核实了一部分，正在查账目，三天内给您准信。",
    "谢谢反映，这件事由我们办，办理中有变化会及时告诉您。", "已和当班干部问过情况，明天现场办公时一并解决。",
)
PLANS = (
    "措施：先停用并挂牌，今天备件到位后更换；责任人：值班技术员；时限：两天。",
    "措施：调取记录逐人核对，差额列表公示；责任人：单位负责人；时限：五天。",
    "措施：现场办公定方案，当班落实临时办法；责任人：分管副职；时限：三天。",
)
PROGRESS = ("备件已到货，明天检修班更换。", "已约谈当事人，正在形成书面意见。", "账目核对过半，周五前完成。")
RETURNS = ("此事涉及两个专业，设备归属不在我单位，请另行指定主办。", "经核对不属本单位管辖范围，现场归东井负责。")
