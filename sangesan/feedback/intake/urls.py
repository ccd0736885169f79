"""Addresses of intake (受理)."""

from django.urls import path

from .views import boxes, outbox, public, receipt, reception, register, report

app_name = "intake"
urlpatterns = [
    path("", public.entrance, name="entrance"),
    path("help/", public.help_page, name="help"),
    path("privacy/", public.privacy, name="privacy"),
    path("outside/", public.outside, name="outside"),
    path("reception/", reception.upcoming, name="upcoming"),
    path("reception/<int:reception>/", reception.book, name="book"),
    path("w/reception/", reception.listing, name="receptions"),
    path("w/reception/plan/", reception.plan, name="plan"),
    path("w/reception/<int:reception>/", reception.detail, name="reception"),
    path("w/reception/<int:reception>/announce/", reception.announce, name="announce"),
    path("w/reception/<int:reception>/publish/", reception.publish, name="publish"),
    path("w/reception/<int:reception>/visitors/<int:visitor>/", reception.settle, name="settle"),
    path("w/boxes/", boxes.listing, name="boxes"),
    path("w/boxes/<str:box>/", boxes.detail, name="box"),
    path("w/boxes/<str:box>/<int:opening>/", boxes.opening, name="opening"),
    path("w/boxes/<str:box>/<int:opening>/confirm/", boxes.confirm, name="confirm"),
    path("w/boxes/<str:box>/<int:opening>/recount/", boxes.recount, name="recount"),
    path("mailbox/leaders/", public.mailbox, {"channel": "leaders"}, name="leaders"),
    path("mailbox/union/", public.mailbox, {"channel": "union"}, name="union"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/paper/", receipt.paper, name="paper"),
    path("receipt/unbook/", receipt.unbook, name="unbook"),
    path("receipt/rate/", receipt.rate, name="rate"),
    path("receipt/reply/", receipt.reply, name="reply"),
    path("receipt/review/", receipt.review, name="review"),
    path("receipt/proof/", receipt.proof, name="proof"),
    path("receipt/withdraw/", receipt.withdraw, name="withdraw"),
    path("w/report/", report.report, name="report"),
    path("w/report/offline/", outbox.empty, name="offline"),
    path("w/report/script.js", outbox.script, name="script"),
    path("w/report/worker.js", outbox.worker, name="worker"),
    path("w/report/manifest.json", outbox.manifest, name="manifest"),
    path("w/report/outbox/", outbox.deliver, name="deliver"),
    path("w/report/outbox/ask/", outbox.ask, name="ask"),
    path("w/report/mine/", report.mine, name="mine"),
    path("w/report/mine/<str:number>/", report.own, name="own"),
    path("w/report/mine/<str:number>/<str:step>/", report.step, name="step"),
    path("w/register/", register.index, name="register"),
    path("w/register/<slug:channel>/", register.register, name="entry"),
    path("w/behalf/", register.behalf, name="behalf"),
]
