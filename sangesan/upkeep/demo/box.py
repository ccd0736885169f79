"""The discipline mailbox of the demo mine (示范信箱): founded, with one letter unopened and one in hand.

The passphrases stand here for all to read: a demo's box protects nothing.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from secrets import token_hex

from sangesan.feedback.sealed import queries, services
from sangesan.feedback.sealed.envelopes import to_room, to_speaker
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.feedback.speakers.services import find
from sangesan.foundation import clock
from sangesan.method.authority import Scope

from .holders import Holder, found, open_box
from .people import SINCE

INSPECTOR = "QSKJ-2026-QSKJ-2026-JWB9"
SECRETARY = "QSKJ-2026-QSKJ-2026-SJ88"
PAPER = "SJJW-2026-SJJW-2026-SJJW-2026-SJJW-2026"
UPPER, CONTACT = "青山集团纪委（演示）", "0000-6011001，集团办公楼 3 层 308 室"
MANAGED = ("QSL-SJ", "QSL-KZ", "QSL-FSJ", "QSL-JWSJ")
LETTERS = (
    ("反映机电队备件领用单和库里对不上，去年十月到今年三月有六次，单子上签的是一个人。", "机电队材料员", "", 9),
    ("外委队结算时有人要求先交“协调费”，每月两千，不交就拖着不签字。", "外委结算经办人", "孙师傅", 3),
)
REPLY = "您反映的情况已经受理，由专人核查。核查期间请保护好自己，有新的材料可以凭回执补充。"


def holder(phrase: str) -> Holder:
    """Return a holder with a demo passphrase (示范持钥人)."""
    return Holder.new(phrase.replace("-", ""))


def prepare(inspector: Scope, secretary: Scope) -> None:
    """Found the box (启用信箱), once."""
    if queries.mailbox() is not None:
        return
    paper, first = holder(PAPER), holder(INSPECTOR)
    with clock.at(SINCE):
        found([(inspector, first), (secretary, holder(SECRETARY))], paper, upper=UPPER, upper_contact=CONTACT,
              office_contact="办公楼 2 层纪委办公室，内线 6009", managed=MANAGED)


def lay_in(until: datetime) -> None:
    """Lay letters into the box (投信), once."""
    if SealedMatter.objects.exists():
        return
    for text, about, name, ago in LETTERS:
        with clock.at(datetime.combine(until - timedelta(days=ago), time(10), clock.LOCAL)):
            services.receive(text=text, about=about, name=name, key=token_hex(16))


def take_up(scope: Scope, code: str) -> None:
    """Open what came over from triage (开箱) with both keys, and take it up (受理)."""
    matter = SealedMatter.objects.get(receipt=find(code))
    mine = next(line for line in queries.trusted() if line.key.person_id == scope.person)
    open_box(scope, unlocked(INSPECTOR, mine.key), unlocked(PAPER, queries.paper().key), matter.number)
    services.step(scope=scope, number=matter.number, action="take_up",
                  for_room=to_room(matter.number, bytes(matter.room), REPLY),
                  for_speaker=to_speaker(matter.number, bytes(matter.reply), REPLY))


def unlocked(phrase: str, key) -> Holder:
    """Return a holder again from what the browser would unlock (解锁)."""
    return Holder.unlocked(phrase.replace("-", ""), key)


def said() -> str:
    """Return what the demo prints about its keys (口令)."""
    return f"纪检监察信箱（演示）：1009 的口令 {INSPECTOR}，上级纸质钥匙 {PAPER}"
