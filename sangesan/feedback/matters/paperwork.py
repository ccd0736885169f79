"""Paperwork (文书页面): the form of a paper, its preview, and what the page of a matter shows of papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Action, Scope
from sangesan.method.papers import Ask, Paper, day_said
from sangesan.organization.documents import queries as documents
from sangesan.organization.documents.models import Document
from sangesan.organization.documents.services import note_of, replacing

from . import queries
from .models import Matter
from .queries import papers
from .queries.recipients import addressee
from .services.papers import answers, issue_paper


class Issuing(forms.Form):
    """What a paper asks (印发表单)."""

    issuer = forms.TypedChoiceField(label=lazy("发文机关"), coerce=int)

    def __init__(self, kind: Paper, issuers, *args: Any, corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].choices = [(one.pk, f"{one.name}（{one.letters}）") for one in issuers]
        if len(issuers) == 1:
            self.fields["issuer"].widget = forms.HiddenInput()
            self.initial.setdefault("issuer", issuers[0].pk)
        for ask in kind.asks:
            self.fields[ask.name] = _field(ask)
        if corrects:
            self.fields["why"] = forms.CharField(label=_("更正理由"), max_length=400, widget=forms.Textarea(
                attrs={"rows": 2}), help_text=_("印在更正后的文书上，收件人看得到"))

    @property
    def asked(self) -> dict[str, str]:
        """What was typed, without the issuer and why it is corrected (所填内容)."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("issuer", "why")}


def _field(ask: Ask) -> forms.Field:
    if ask.choices:
        return forms.ChoiceField(label=ask.word, choices=ask.choices, widget=forms.RadioSelect, required=ask.needed)
    widget = forms.Textarea(attrs={"rows": 6}) if ask.long else forms.TextInput()
    return forms.CharField(label=ask.word, initial=ask.start, help_text=ask.help, required=ask.needed, widget=widget,
                           max_length=4000 if ask.long else 400)


def page(scope: Scope, number: str, slug: str, replaces: int = 0, data=None) -> dict[str, Any]:
    """Return what the page that issues a paper needs (印发页)."""
    matter = queries.matter_for(scope, number)
    kind = papers.paper_for(scope, matter, slug, replaces)
    before = next((d for d in papers.issued(matter) if d.pk == replaces), None)
    start = {"request": papers.proposed_for(matter)}
    if before is not None:
        start |= {"issuer": before.issuer_id} | dict(documents.told(before).content.get("asked", {}))
    issuers = documents.issuers()
    form = Issuing(kind, issuers, data, initial=start, corrects=before is not None)
    return {"matter": matter, "paper": kind, "before": before, "issuers": issuers, "form": form,
            "sets": scope.can(Action.DOCUMENTS)}


def preview(context: dict[str, Any]) -> bytes:
    """Return the paper as it would be issued now (预览), marked as a draft and without a number."""
    form, matter, kind = context["form"], context["matter"], context["paper"]
    asked = answers(kind, form.asked)
    sender = next(one for one in context["issuers"] if one.pk == form.cleaned_data["issuer"])
    content = papers.drafted(matter, kind, asked) | {
        "org": sender.name, "signer": sender.name, "date": day_said(clock.today()),
        "number": _("%(letters)s〔%(year)s〕×号") % {"letters": sender.letters, "year": clock.today().year},
        "form": "letter" if kind.letter else "file",
    }
    content["note"] = note_of(sender, content)
    if context["before"] is not None:
        content["notes"] = replacing(context["before"], papers.told_in(form.cleaned_data["why"]))
    to = content["to"] or addressee(matter, kind.slug) or str(documents.BY_RECEIPT)
    return documents.pdf_of(documents.Told(None, content, to), stamp=_("草稿"))


def issue(scope: Scope, context: dict[str, Any]) -> Document:
    """Issue what the form says (印发)."""
    form, before = context["form"], context["before"]
    return issue_paper(scope=scope, number=context["matter"].number, paper=context["paper"].slug,
                       replaces=before.pk if before else 0, why=form.cleaned_data.get("why", ""),
                       issuer=form.cleaned_data["issuer"], **form.asked)


def warn(request, made: Document) -> None:
    """Say which characters of an issued paper stand as boxes (缺字提醒)."""
    lost = documents.lost_of(documents.told(made))
    if lost:
        messages.warning(request, _("有 %(n)d 个字没有字形，印成了 □：%(which)s。请换写法另发更正。") % {
            "n": len(lost), "which": "、".join(f"{chr(int(sign[2:], 16))}（{sign}）" for sign in lost[:10])})


def taken(scope: Scope, number: str, pk: int, form: str) -> tuple[bytes, str]:
    """Return a copy and its file name (取文书); the audit log and the copy's margin say who took it."""
    told = papers.told_for(scope, number, pk)
    post = scope.posts[0].title if scope.posts else ""
    trace = _("%(post)s %(name)s %(at)s 取自本系统，请妥善保管") % {
        "post": post, "name": scope.name, "at": f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"}
    drawn = documents.word_of(told, trace=trace) if form == "word" else documents.pdf_of(told, trace=trace)
    audit("document.taken", scope=scope, subject=told.document.subject,
          detail={"paper": told.document.kind, "form": form})
    return drawn, f"{told.document.number} {told.document.name}"


def panel(scope: Scope, matter: Matter) -> dict[str, Any]:
    """Return what the page of a matter shows of papers (文书栏)."""
    issued = papers.issued(matter)
    return {"issued": issued, "offered": papers.papers_for(scope, matter, issued),
            "correctable": papers.correctable(scope, matter, issued)}
