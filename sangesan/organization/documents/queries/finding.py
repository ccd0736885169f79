"""Finding documents and templates (查找公文与模板)."""

from __future__ import annotations

from django.db.models import Count, F, Max
from django.utils.translation import gettext as _

from sangesan.foundation import door
from sangesan.foundation.errors import Forbidden, NotFound
from sangesan.method.authority import Action, Scope

from .. import shipped
from ..models import APART, Document, Issuer, Template
from ..words import GENERAL, KINDS

PAGE = 50
MOST = LOOKED_AT = 1_000
"""Lines of the register on a page (登记簿行数), and so many are looked at in one turn."""


def document_for(scope: Scope, pk: int) -> Document:
    """Fetch a document (取公文) through its subject's door. Raises NotFound, absent or not visible alike."""
    found = Document.objects.select_related("issuer", "template").filter(pk=pk).first() if pk < 2**63 else None
    if found is None or door.open(scope, found.subject) is None:
        raise NotFound()
    return found


def opener(scope: Scope, key: str) -> Document | None:
    """The door of `documents/…` (公文之门)."""
    try:
        return document_for(scope, int(key)) if key.isascii() and key.isdigit() else None
    except NotFound:
        return None


def documents_of(*subjects: str, to_speaker: bool | None = None) -> list[Document]:
    """Return what was issued about some subjects (已印发), newest first; the caller has asked their door.

    Of one moment what was replaced stands behind what replaces it: keys and numbers need tell no order.
    """
    rows = Document.objects.filter(subject__in=subjects).select_related("issuer", "template", "replacement")
    if to_speaker is not None:
        rows = rows.filter(to_speaker=to_speaker)
    return list(rows.order_by("-issued_at", F("replacement__pk").asc(nulls_first=True), "-serial"))


def issuers() -> list[Issuer]:
    """Return who may issue (发文机关)."""
    return list(Issuer.objects.order_by("pk"))


def template_for(kind: str) -> Template | None:
    """Return the template in force for a kind (在用模板): its own, else the general one, else None."""
    found = {t.kind: t for t in Template.objects.filter(kind__in=(kind, GENERAL), state="in_force").defer("content")}
    return found.get(kind) or found.get(GENERAL)


def templates(scope: Scope) -> list[dict]:
    """Return all kinds with their versions (模板一览), for whoever keeps them."""
    _keeper(scope)
    rows: dict[str, list[Template]] = {}
    for one in Template.objects.defer("content").order_by("kind", "-version"):
        rows.setdefault(one.kind, []).append(one)
    return [{"kind": kind, "name": name, "versions": rows.get(kind, [])} for kind, name in KINDS.items()]


def template_bytes(scope: Scope, pk: int) -> Template:
    """Return a template with its file (取模板)."""
    _keeper(scope)
    found = Template.objects.filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise NotFound()
    return found


def default_template(scope: Scope) -> bytes:
    """Return the shipped template (默认模板)."""
    _keeper(scope)
    return shipped.template()


def register(scope: Scope, year: int) -> list[Document]:
    """Return the register of a year (发文登记簿): numbers, kinds and days, and no subject.

    Of what a keeper may not see there is no line.
    """
    _keeper(scope)
    rows = Document.objects.filter(year=year).select_related("issuer", "replacement").order_by(
        "issuer", "-issued_at", "-serial")
    found: list[Document] = []
    for start in range(0, rows.count(), LOOKED_AT):
        some = list(rows[start:start + LOOKED_AT])
        open_to = door.opened(scope, {one.subject for one in some})
        found += [one for one in some if one.subject in open_to]
        if len(found) >= MOST:
            break
    return found[:MOST]


def gaps(year: int) -> list[str]:
    """Return the issuers whose run of numbers of a year has a gap (缺号的机关): none unless rows were lost."""
    run = Document.objects.filter(year=year, serial__lte=APART).values("issuer__name")
    rows = run.annotate(last=Max("serial"), n=Count("pk"))
    return [row["issuer__name"] for row in rows if row["last"] != row["n"]]


def _keeper(scope: Scope) -> None:
    if not scope.can(Action.DOCUMENTS):
        raise Forbidden(_("没有打开"), why=_("您的岗位不维护公文模板"))
