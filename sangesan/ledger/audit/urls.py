"""Addresses of the audit log (审计地址)."""

from django.urls import path

from . import views

app_name = "audit"
urlpatterns = [
    path("w/audit/", views.log, name="log"),
]
