"""Addresses (地址). Public pages at the root, staff pages under /w/, machines under /api/v1."""

from django.urls import include, path

from sangesan.foundation import pages

from . import doors  # noqa: F401  (hangs the doors)

handler400 = pages.bad_request
handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.broken

urlpatterns = [
    path("w/", include("sangesan.organization.accounts.urls")),
    path("w/notices/", include("sangesan.organization.notices.urls")),
    path("w/look/", pages.look, name="look"),
    path("", include("sangesan.upkeep.urls")),
    path("", include("sangesan.feedback.intake.urls")),
    path("", include("sangesan.feedback.matters.urls")),
    path("", include("sangesan.ledger.facts.urls")),
    path("", include("sangesan.ledger.audit.urls")),
]
