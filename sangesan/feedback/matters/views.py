"""Pages of matters (事项页面): triage, list, one matter, and every step taken with it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sangesan.foundation.choosing import refuse_unasked
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.foundation.files import KINDS
from sangesan.foundation.once.services import once
from sangesan.method.authority import Action
from sangesan.organization.documents.files import PDF, WORD, given

from . import deeds, forms, paperwork, queries, services

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The list (事项列表); its filters stand in the address."""
    form = forms.Filtering(request.GET)
    first_judged = request.scope.can(Action.OVERVIEW) and not request.scope.can(Action.READ_FIRST)
    context = {"form": form, "tabs": form.tabs, "first_judged": first_judged}
    if not form.is_valid():
        return render(request, "matters/list.html", context | {"page": queries.Page([], "", 0, False)}, status=422)
    page = queries.page(request.scope, form.filters, after=request.GET.get("after", "")[:40])
    queries.with_owed(page.rows)
    return render(request, "matters/list.html", context | {"page": page})


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The list as a workbook (导出), exactly as filtered."""
    if not (request.scope.can(Action.SEE) or request.scope.can(Action.INSPECT)):
        raise NotFound()
    book = services.export(scope=request.scope, filters=forms.Filtering(request.GET).filters)
    return FileResponse(BytesIO(book), as_attachment=True, filename=_("事项.xlsx"), content_type=XLSX)


@require_GET
def triage(request: HttpRequest) -> HttpResponse:
    """Triage (来件分办): what waits at the left, the picked one at the right.

    Where somebody else has just judged the picked one, no other stands in its place: it would get its grade.
    """
    if not (request.scope.can(Action.TRIAGE) or request.scope.can(Action.HEAR_UNION)):
        raise Forbidden(_("没有打开"), why=_("您的岗位不负责来件分办"))
    context = _queue(request)
    queue, wanted = context["queue"], request.GET.get("pick", "")
    context["picked"] = picked = next((m for m in queue if not wanted or m.number == wanted), None)
    if picked is not None:
        context |= deeds.triage(request.scope, picked.number, request.GET)
    return render(request, "matters/triage.html", context)


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """The grade of a choice (研判建议), as a part."""
    form = forms.Grading(request.GET)
    grade = services.chosen(**form.cleaned_data) if form.is_valid() else ""
    return render(request, "matters/_suggested.html", {"grade": grade})


@require_GET
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One matter (事项详情)."""
    return render(request, "matters/detail.html", deeds.detail(request.scope, number))


@require_GET
def photo(request: HttpRequest, number: str, photo: int) -> HttpResponse:
    """One photo (照片): pixels and nothing else; a browser takes it for nothing else either."""
    found = queries.photo_for(request.scope, number, photo)
    return FileResponse(found.open("rb"), content_type="image/jpeg", headers={
        "Content-Disposition": "inline", "Content-Security-Policy": "sandbox; default-src 'none'"})


@require_GET
def recording(request: HttpRequest, number: str, recording: int) -> HttpResponse:
    """One voice note (录音): samples and nothing else."""
    found = queries.recording_for(request.scope, number, recording)
    return HttpResponse(found.read_bytes(), content_type="audio/wav", headers={
        "Content-Disposition": "inline", "Content-Security-Policy": "sandbox; default-src 'none'"})


@require_GET
def enclosure(request: HttpRequest, number: str, enclosure: int) -> HttpResponse:
    """One document (文件): to be saved, never to be opened in our own page's name."""
    found = queries.enclosure_for(request.scope, number, enclosure)
    kind = KINDS[found.suffix.lstrip(".")]
    return FileResponse(found.open("rb"), content_type=kind, as_attachment=True, filename=f"{number}{found.suffix}",
                        headers={"Content-Security-Policy": "sandbox; default-src 'none'"})


@require_GET
def step_file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One file of a step (办理附件): a picture is shown, a document saved, neither in our own page's name."""
    found, path = queries.step_file_for(request.scope, number, pk)
    kind = "image/jpeg" if found.drawn else KINDS[found.kind]
    return FileResponse(path.open("rb"), content_type=kind, as_attachment=not found.drawn,
                        filename=f"{number}{found.ending}",
                        headers={"Content-Security-Policy": "sandbox; default-src 'none'"})


@require_POST
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Take a step (办理一步); what was typed stays when it can't be taken."""
    doing = deeds.doing(action)
    if doing is None:
        raise Http404
    form = doing.form(request.POST, request.FILES)
    if not form.is_valid() or refuse_unasked(form):
        return _again(request, number, action, form)
    try:
        once(request, deeds.step(doing, request.scope, number, form.cleaned_data), queries.footing_of(action, number))
    except NotFound:
        raise
    except UserError as fault:
        at = {"document": "files"}.get(fault.code, fault.code)
        form.add_error(at if at in form.fields else None, str(fault))
        return _again(request, number, action, form, fault.status)
    messages.success(request, deeds.said(request.scope, doing, number))
    return redirect(deeds.after(request.scope, number, request.POST.get("back", "")))


@require_POST
def identity(request: HttpRequest, number: str) -> HttpResponse:
    """Open an identity (查看身份): served once, never stored by the browser."""
    form = forms.Opening(request.POST)
    if not form.is_valid():
        return _again(request, number, "identity", form)
    try:
        who = services.open_identity(scope=request.scope, number=number, **form.cleaned_data)
    except (Forbidden, NotFound):
        raise
    except UserError as fault:
        form.add_error("reason", str(fault))
        return _again(request, number, "identity", form, fault.status)
    return render(request, "matters/identity.html", {"who": who, "number": number})


def _queue(request: HttpRequest) -> dict[str, Any]:
    """Return the queue of triage (待分办), as long as a page holds, and how many wait beyond it."""
    queue = queries.triage_queue(request.scope)
    waiting = queries.triage_waiting(request.scope, most=10_000)
    return {"queue": queue, "waiting": waiting, "beyond": max(0, waiting - len(queue))}


def _again(request, number, action, form, status=422) -> HttpResponse:
    if "files" in form.fields:
        form.lose_files()
    if request.POST.get("back") == "triage":
        context = _queue(request) | deeds.triage(request.scope, number, form=form)
        return render(request, "matters/triage.html", context, status=status)
    return render(request, "matters/detail.html", deeds.detail(request.scope, number, action, form), status=status)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """Issue a paper (印发文书), or look at it first; one that stands already is shown where it stands."""
    try:
        context = paperwork.page(request.scope, number, slug, _number(request, "replaces"), request.POST or None)
    except Conflict as fault:
        messages.warning(request, str(fault))
        return redirect(reverse("matters:detail", args=[number]) + "#papers")
    return _paper(request, number, context)


def _paper(request: HttpRequest, number: str, context: dict[str, Any]) -> HttpResponse:
    form = context["form"]
    try:
        if form.is_bound and form.is_valid():
            if "look" in request.POST:
                return given(paperwork.preview(context), context["paper"].name + ".pdf", PDF)
            made = paperwork.issue(request.scope, context)
            messages.success(request, _("已印发 %s") % made.number)
            paperwork.warn(request, made)
            return redirect("matters:detail", number)
    except NotFound:
        raise
    except UserError as fault:
        form.add_error(None, str(fault))
    return render(request, "matters/paper.html", context, status=422 if form.errors else 200)


def _number(request: HttpRequest, name: str) -> int:
    said = (request.POST if request.method == "POST" else request.GET).get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0


@require_GET
def paper_file(request: HttpRequest, number: str, pk: int, form: str) -> HttpResponse:
    """Take a copy of an issued paper (取文书)."""
    content, name = paperwork.taken(request.scope, number, pk, form)
    return given(content, f"{name}.{'docx' if form == 'word' else 'pdf'}", WORD if form == "word" else PDF)
