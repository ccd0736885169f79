"""Addresses of assessment by hand (人工考核地址), under /w/assessments/."""

from django.urls import path

from . import views

app_name = "scoring"
urlpatterns = [
    path("", views.index, name="hand"),
    path("confirm/", views.confirm, name="confirm"),
    path("trial/", views.trial, {"version": 0}, name="trials"),
    path("trial/field/", views.field, name="field"),
    path("trial/<int:version>/", views.trial, name="trial"),
    path("<int:entry>/check/", views.check, name="check"),
    path("<int:entry>/take-back/", views.take_back, name="take_back"),
    path("<slug:month>/<slug:indicator>/<str:unit>/", views.exception, name="exception"),
]
