"""Addresses of the outside letterbox (外部信箱), a site of its own."""

from django.urls import path

from sangesan.foundation import pages

from . import views

app_name = "letterbox"
handler400 = pages.bad_request
handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.broken

urlpatterns = [
    path("", views.write, name="write"),
    path("answer/", views.answer, name="answer"),
    path("answer/step/", views.step, name="step"),
    path("answer/proof/", views.proof, name="proof"),
    path("check/", views.check, name="check"),
    path("answers/", views.put, name="put"),
    path("handover/", views.handover, name="handover"),
    path("healthz", views.health, name="health"),
]
