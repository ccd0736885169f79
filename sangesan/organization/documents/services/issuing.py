"""Issuing (印发): a number, finished words bound to a fact, and never a change afterwards.

Numbers run on without a gap, but for what is kept from some who read the register: a number of the run would tell them
that it is there, and one that is missing too. Such a paper has one of its own outside the run.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.ledger.facts.queries import fact as fact_of
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import DocumentIssued
from sangesan.method.papers import Paper, day_said

from .. import queries
from ..models import APART, Document, Issuer, Series


@transaction.atomic
def issue(*, scope: Scope, paper: Paper, subject: str, unit: str, issuer: int, content: Mapping[str, Any],
          replaces: int = 0, why: str = "", apart: bool = False) -> Document:
    """Issue a document (印发) about a subject; whoever calls has judged the permission.

    `content` holds title, parts, to, copies and what else the page shows, and no name of a speaker.
    It becomes evidence of the fact; the number is taken in the same transaction, so none is left out. What replaces
    another says so, and `why`. What is kept from some readers of the register is numbered `apart` from the run.
    """
    sender, now = Issuer.objects.filter(pk=issuer).first(), clock.now()
    if sender is None:
        raise NotFound(_("没有这个发文机关"))
    before = _before(replaces, subject, paper) if replaces else None
    year = clock.today().year
    serial = _apart(sender, year) if apart else _next(sender, year)
    number = numbered(sender.letters, year, serial)
    finished = {
        "org": sender.name, "number": number, "signer": sender.name, "date": day_said(clock.today()),
        "form": "letter" if paper.letter else "file",
    } | dict(content)
    finished["note"] = note_of(sender, finished)
    if before is not None:
        finished["notes"] = replacing(before, why)
    fact = record(DocumentIssued(subject=subject, unit=unit, occurred_at=now, paper=paper.slug, issuer=sender.pk,
                                 year=year, serial=serial, replaces=before.pk if before else 0),
                  actor=scope.actor, words=json.dumps(finished, ensure_ascii=False, sort_keys=True))
    try:
        with transaction.atomic():
            return Document.objects.create(
                subject=subject, kind=paper.slug, name=paper.name, to_speaker=paper.to == "speaker", issuer=sender,
                year=year, serial=serial, number=number, template=queries.template_for(paper.slug),
                words=str(fact_of(fact).content["words"]), fact=fact, issued_at=now, issued_by=scope.person,
                replaces=before, post=scope.posts[0].code if scope.posts else "")
    except IntegrityError:
        raise Conflict(_("没有印发"), why=_("别人刚刚印发了替换的文书"), next=_("请刷新页面看最新情况")) from None


def replacing(before: Document, why: str) -> list[str]:
    """Return what a correction says of itself (更正附言): what it takes the place of, and why."""
    said = _("本件替换%s，原件作废。") % before.number
    return [said + (_("更正理由：%s。") % why.rstrip("。") if why else "")]


def note_of(sender: Issuer, content: Mapping[str, Any]) -> str:
    """Return the note at the end (附注): the number of the matter, and how to reach the issuer."""
    said = [_("事项编号：%s") % content["subject"]] if content.get("subject") else []
    return "；".join([*said, *([_("联系方式：%s") % sender.contact] if sender.contact else [])])


def numbered(letters: str, year: int, serial: int) -> str:
    """Return a document number (发文字号).

    >>> numbered("青矿信", 2026, 12)
    '青矿信〔2026〕12号'
    """
    return _("%(letters)s〔%(year)s〕%(serial)s号") % {"letters": letters, "year": year, "serial": serial}


def _next(issuer: Issuer, year: int) -> int:
    """Take the next number (取号): the row is ours until the commit, and a fault gives the number back."""
    Series.objects.bulk_create([Series(issuer=issuer, year=year)], ignore_conflicts=True)
    Series.objects.filter(issuer=issuer, year=year).update(last=F("last") + 1)
    return Series.objects.values_list("last", flat=True).get(issuer=issuer, year=year)


def _apart(issuer: Issuer, year: int) -> int:
    """Draw a number outside the run (序列外编号): neither order nor count can be read from it."""
    taken = Document.objects.filter(issuer=issuer, year=year, serial__gt=APART)
    while taken.filter(serial=(drawn := APART + 1 + secrets.randbelow(9 * APART - 1))).exists():
        pass
    return drawn


def _before(replaces: int, subject: str, paper: Paper) -> Document:
    found = Document.objects.filter(pk=replaces, subject=subject, kind=paper.slug).first()
    if found is None:
        raise NotFound(_("没有找到要替换的文书"))
    if Document.objects.filter(replaces=found).exists():
        raise Conflict(_("没有印发"), why=_("%s 已经被替换过") % found.number, next=_("请替换最新的一份"))
    return found
