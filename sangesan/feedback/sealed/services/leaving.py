"""An inspector leaves (监察员离任): never the last who can read, unless there is nobody left to wait for.

Judged by who holds keys, never by what lies in the box: whoever appoints would learn that there is a letter,
and an inspector that there is one about themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext as _

from sangesan.foundation.errors import Conflict
from sangesan.method.authority import Role
from sangesan.method.discipline import EVER, NOBODY, READERS, read_until
from sangesan.organization.people.models import Appointment

from .. import queries
from .warning import warn


def keep_a_reader(sender: type, *, appointment: Appointment, day: date, regardless: bool, single: bool = True,
                  also: Collection[int] = (), **_kwargs: object) -> None:
    """Refuse what leaves the letters unread earlier than they would be (最后一位持钥人), and warn all when one goes.

    So whoever is to leave anyhow, at a later day, stands in for nobody. `regardless` lets it be done all the same:
    the dead hand nothing over, and who is under suspicion must go at once. Where fewer than two would stay, whoever
    does it on the page must have said that they know (`single`).
    """
    if appointment.post.role != Role.INSPECTOR.value:
        return
    person = appointment.person_id
    before, after = queries.keys.ends(), queries.keys.ends(but={appointment.pk, *also}, day=day)
    if after.get(person, NOBODY) >= before.get(person, NOBODY):
        return
    if read_until(after.values()) < read_until(before.values()) and not regardless:
        raise Conflict(
            _("没有免职"), why=_("别的监察员都不能打开纪检监察信箱，或者也要离任；他走了，箱里的来信再没有人能看"),
            next=_("请先任命接任的监察员，在“信箱钥匙”里生成钥匙、两人同意、由他逐件补发旧件，再办免职；"
                   "他已亡故、被查或者失去联系的，请在他的岗位上办免职，勾选“不等交接”"))
    if _staying(after) < min(READERS, _staying(before)) and not (single or regardless):
        raise Conflict(
            _("没有办理"), why=_("办了以后，长期在任、有信箱钥匙的监察员不到两位"),
            next=_("请先任命接任的监察员，由他在“信箱钥匙”里生成钥匙、两人同意，再来办；"
                   "等不及接任的，勾选“只剩一位也办”"))
    warn("sealed.reader_leaves", 0)


def _staying(ends: Mapping[int, date]) -> int:
    """Return how many with a key hold office without an end (长期在任)."""
    return sum(until == EVER for until in ends.values())
