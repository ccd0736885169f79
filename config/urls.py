"""Addresses (地址). Public pages at the root, staff pages under /w/, machines under /api/v1."""

from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from sangesan.desk.views.calendar import feed
from sangesan.execution.rectification.api import router as rectification
from sangesan.feedback.intake.api import router as intake
from sangesan.feedback.matters.api import router as matters
from sangesan.foundation import api, pages

handler400 = pages.bad_request
handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.broken

machines = api.build(title=_("三个三"), version="1", docs_url=None)
machines.add_router("/", intake)
machines.add_router("/matters", matters)
machines.add_router("/", rectification)

urlpatterns = [
    path("api/v1/", machines.urls),
    re_path(r"^api/v1(?:/.*)?$", api.absent),
    path("w/", include("sangesan.organization.accounts.urls")),
    path("w/organization/", include("sangesan.organization.roster.urls")),
    path("w/networks/", include("sangesan.organization.networks.urls")),
    path("w/documents/", include("sangesan.organization.documents.urls")),
    path("w/remarks/", include("sangesan.organization.remarks.urls")),
    path("w/notices/", include("sangesan.organization.notices.urls")),
    path("w/", include("sangesan.desk.urls")),
    path("feeds/<str:token>/calendar.ics", feed, name="feed"),
    path("", include("sangesan.execution.routines.urls")),
    path("w/duties/", include("sangesan.execution.duties.urls")),
    path("", include("sangesan.appraisal.publication.urls")),
    path("w/assessments/", include("sangesan.appraisal.scoring.urls")),
    path("w/rules/", include("sangesan.appraisal.rules.urls")),
    path("", include("sangesan.execution.contacts.urls")),
    path("w/meetings/", include("sangesan.execution.meetings.urls")),
    path("", include("sangesan.execution.rectification.urls")),
    path("w/", include("sangesan.execution.plans.urls")),
    path("w/books/", include("sangesan.appraisal.handbooks.urls")),
    path("w/pay/", include("sangesan.appraisal.pay.urls")),
    path("", include("sangesan.execution.study.urls")),
    path("w/work/", include("sangesan.execution.work.urls")),
    path("w/", include("sangesan.execution.analysis.urls")),
    path("", include("sangesan.execution.publicity.urls")),
    path("w/focus/", include("sangesan.decision.focus.urls")),
    path("w/talks/", include("sangesan.execution.care.urls")),
    path("w/look/", pages.look, name="look"),
    path("", include("sangesan.upkeep.urls")),
    path("w/discipline/", include("sangesan.feedback.sealed.urls")),
    path("", include("sangesan.feedback.intake.urls")),
    path("", include("sangesan.feedback.matters.urls")),
    path("", include("sangesan.feedback.pulse.urls")),
    path("w/topics/", include("sangesan.feedback.research.urls")),
    path("", include("sangesan.feedback.warning.urls")),
    path("", include("sangesan.feedback.triage.urls")),
    path("", include("sangesan.ledger.facts.urls")),
    path("", include("sangesan.ledger.audit.urls")),
]
