"""Whom the words of a matter name (提到的人): by name of the roster, or by unit and post; below the mine only.

The mine's leaders are named in every second letter to them, and read through rights of their own.
"""

from __future__ import annotations

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.method.mentions import names_post
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.models import Kind
from sangesan.organization.units.queries import on

from ..models import Matter, Submission
from .veil import roster

_LEADING = (Kind.GROUP.value, Kind.MINE.value, Kind.COMMITTEE.value)


def mentioned(matter: Matter) -> list[Appointment]:
    """Return the appointments of those whom the words name (提到的任职), known ones left out."""
    day, text = clock.today(), _said(matter)
    names = {text[start:end] for start, end in roster().find(text)}
    below = on(Post.objects.exclude(unit__kind__in=_LEADING), day)
    posts = [pk for pk, title, unit in below.values_list("pk", "title", "unit__name") if names_post(text, unit, title)]
    known = set(matter.concerns.exclude(person=0).values_list("person", flat=True))
    rows = on(Appointment.objects.filter(Q(person__name__in=names) | Q(post__in=posts)), day)
    rows = rows.exclude(post__unit__kind__in=_LEADING).exclude(person__in=known)
    return list(rows.select_related("person", "post", "post__unit").order_by("post__code", "pk"))


def _said(matter: Matter) -> str:
    rows = Submission.objects.filter(Q(matter=matter) | Q(matter__parent=matter), withdrawn=None)
    return "\n".join(rows.order_by("pk").values_list("text", flat=True))
