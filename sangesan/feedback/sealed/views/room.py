"""The room of the inspectors (纪检监察信箱): letters as ciphertext, opened in this browser only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action

from .. import packing, queries, services
from ..forms import sent
from ..words import WORDS


@require_GET
def room(request: HttpRequest, number: str = "") -> HttpResponse:
    """The list (信箱): day, state and clock of each letter, and no word of it."""
    if not request.scope.can(Action.INSPECT):
        raise NotFound()
    if number:
        queries.letter_for(request.scope, number)
    return render(request, "sealed/room.html", {
        "letters": queries.visible(request.scope), "figures": queries.figures(request.scope), "picked": number,
        "mine": queries.key_of(request.scope), "ready": queries.ready(),
        "readers": queries.readers(), "alone": queries.alone(request.scope), "box": queries.mailbox(), "words": WORDS})


@require_GET
def opening(request: HttpRequest) -> HttpResponse:
    """The opening of the box with two keys (开箱)."""
    mine = queries.key_of(request.scope)
    if mine is None or not mine.active:
        raise NotFound()
    waiting = queries.visible(request.scope).filter(state="received")
    return render(request, "sealed/opening.html", {"waiting": waiting, "mine": mine, "box": queries.mailbox(),
                                                   "words": WORDS})


@require_POST
def box(request: HttpRequest) -> HttpResponse:
    """What lies unopened (待开箱), as ciphertext."""
    return JsonResponse({"letters": packing.box(request.scope)})


@require_POST
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """One letter (取一件), as ciphertext; noted before it is served."""
    return JsonResponse(services.taken_out(scope=request.scope, number=number))


@require_GET
def file(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """One file (附件), as ciphertext."""
    found = queries.letter_for(request.scope, number).files.filter(place=min(place, 1000)).first()
    if found is None:
        raise NotFound()
    return HttpResponse(bytes(found.sealed), content_type="application/octet-stream")


@require_POST
def open_letter(request: HttpRequest, number: str) -> HttpResponse:
    """Take one letter out of the box (开箱一件)."""
    services.open_letter(scope=request.scope, number=number, wraps=packing.wraps(sent(request)))
    return JsonResponse({"state": "opened"})


@require_POST
def hand_on(request: HttpRequest, number: str) -> HttpResponse:
    """Hand one letter on (补发一件)."""
    said = sent(request)
    services.hand_on(scope=request.scope, number=number, key=packing.key(said.get("place")),
                     sealed=packing.octets(said.get("wrap")))
    return JsonResponse({"state": "handed_on"})


@require_POST
def step(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Take a step (办一步); the words come sealed."""
    said = sent(request)
    room, speaker = (packing.octets(said.get(name, "")) for name in ("room", "speaker"))
    matter = services.step(scope=request.scope, number=number, action=action, for_room=room, for_speaker=speaker)
    return JsonResponse({"state": matter.state, "word": matter.state_name})
