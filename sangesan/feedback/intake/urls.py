"""Addresses of intake (受理)."""

from django.urls import path

from .views import outbox, public, receipt, register, report

app_name = "intake"
urlpatterns = [
    path("", public.entrance, name="entrance"),
    path("privacy/", public.privacy, name="privacy"),
    path("outside/", public.outside, name="outside"),
    path("mailbox/leaders/", public.mailbox, {"channel": "leaders"}, name="leaders"),
    path("mailbox/union/", public.mailbox, {"channel": "union"}, name="union"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/paper/", receipt.paper, name="paper"),
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
