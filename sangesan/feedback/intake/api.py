"""Interface of the public (公众接口): hand in a word, follow it by receipt. No session is read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from ninja import Header, Router, Status

from sangesan.feedback.matters import queries
from sangesan.foundation import pace
from sangesan.foundation.api import Fault, Strict
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.foundation.rate import Limit

from . import services
from .channels import machines

router = Router(tags=[lazy("反映")])
ERRORS = {400: Fault, 404: Fault, 409: Fault, 413: Fault, 422: Fault, 429: Fault}
WRITING = Limit("submissions", burst=240, per_minute=240)
GUESSING = Limit("receipts", burst=600, per_minute=600)


class SubmissionIn(Strict):
    """A word handed in (诉说). `urgency_hint` 1–3 never sets the grade; `unit` is a unit's code.

    `about_readers`: it is about whoever takes letters in by this channel, who then does not read it.

    Whoever leaves no `contact` has signed nothing: the word counts as anonymous, whatever `mode` says.
    Only channels with a public page take words here; what an office receives is entered by the office.
    """

    channel: str
    mode: str
    text: str
    category: str = ""
    unit: str = ""
    urgency_hint: int = 0
    contact: str = ""
    group: str = ""
    about_readers: bool = False


class SubmissionOut(Strict):
    """What the speaker takes away (受理结果)."""

    number: str
    receipt: str


class MessageOut(Strict):
    """A word of the dialogue (往来), by day."""

    kind: str
    day: str
    text: str


class ReceiptOut(Strict):
    """What a receipt opens (回执内容)."""

    number: str
    state: str
    state_name: str
    day: str
    messages: list[MessageOut]
    steps: list[str]
    opened: int


@router.post("/submissions", response={200: SubmissionOut, 201: SubmissionOut, **ERRORS}, summary=lazy("提交诉说"))
def submit(request: HttpRequest, response: HttpResponse, payload: SubmissionIn,
           idempotency_key: str = Header("", alias="Idempotency-Key")):
    """Hand in a word (提交): 201 when new, 200 when the same key and body came before."""
    WRITING.check(request.META.get("REMOTE_ADDR", ""))
    if not idempotency_key:
        raise UserError(_("没有受理"), why=_("缺少请求头 Idempotency-Key"), next=_("请带上随机的提交口令"), code="key",
                        status=400)
    if payload.channel not in machines():
        raise UserError(_("没有受理"), why=_("没有这个渠道，或它不收这样的来件"), code="channel",
                        next=_("接口收的渠道：%s") % "、".join(sorted(machines())))
    response["Cache-Control"] = "no-store"
    said = payload.model_dump()
    said["mode"] = services.signed(said["mode"], said, channel=said["channel"])
    try:
        done = services.submit(key=idempotency_key, extra={"group": said.pop("group")}, **said)
    except Conflict as fault:
        raise Conflict(fault.what, why=fault.why, code=fault.code, next=_(
            "另一份内容请换一个新的 Idempotency-Key；要取回原来的回执，请用原来的口令和原样的内容")) from fault
    return Status(201 if done.fresh else 200, {"number": done.number, "receipt": done.receipt})


@router.get("/receipts", response={200: ReceiptOut, 404: Fault, 429: Fault}, summary=lazy("凭回执查询"))
def receipt(request: HttpRequest, response: HttpResponse, x_receipt: str = Header("", alias="X-Receipt")):
    """Return what became of a word (查询进展); a wrong receipt of any shape looks the same."""
    GUESSING.check(request.META.get("REMOTE_ADDR", ""))
    with pace.steady():
        found = queries.heard(x_receipt)
    if found is None:
        raise NotFound(_("没有找到这个回执"), why=_("回执号不对，或者抄错了一位"), next=_("请对照回执再输一次"))
    response["Cache-Control"] = "no-store"
    return {
        "number": found.number, "state": found.state.value, "state_name": found.state_name,
        "day": found.submission.day.isoformat(),
        "messages": [{"kind": m.kind, "day": m.day.isoformat(), "text": m.text} for m in found.messages],
        "steps": [step.action for step in found.steps], "opened": len(found.openings),
    }
