"""The discipline mailbox in tests (信箱): a mine whose box is founded, and who holds its keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sangesan.method.authority import Role
from sangesan.upkeep.demo import holders
from sangesan.upkeep.demo.holders import Holder, found
from tests.builders import Mine, person, post

holders.stretched = cache(holders.stretched)  # slow on purpose; once for each passphrase is enough here
PAPER = "PAPERPAPERPAPERPAPERPAPERPAPER00"
PHRASE = {"inspector": "AAAABBBBCCCCDDDDEEEE", "second": "FFFFGGGGHHHHJJJJKKKK"}


@dataclass
class Box:
    """A founded box (已启用的信箱)."""

    mine: Mine
    paper: Holder
    holders: dict[str, Holder]

    def scope(self, code: str):
        return self.mine.scope(code)


def with_inspectors(mine: Mine) -> Mine:
    """Appoint two inspectors (任命监察员)."""
    for number, code, name, title in (("1021", "inspector", "钱守正", "纪检监察员"),
                                      ("1022", "second", "冯立言", "纪委书记")):
        mine.persons[code] = person(number, name, mine.units["QSL"])
        mine.posts[code] = post(code, title, mine.units["QSL"], Role.INSPECTOR, mine.persons[code])
    return mine


def founded(mine: Mine, codes=("inspector", "second"), managed=("leader",)) -> Box:
    """Found the box (启用信箱) of a mine that has inspectors."""
    if "inspector" not in mine.persons:
        with_inspectors(mine)
    box = Box(mine, Holder.new(PAPER), {code: Holder.new(PHRASE[code]) for code in codes})
    found([(mine.scope(code), holder) for code, holder in box.holders.items()], box.paper,
          upper="集团公司纪委", upper_contact="0319-1234567", managed=managed)
    return box
