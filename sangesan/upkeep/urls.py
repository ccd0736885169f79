"""Addresses of upkeep (运维地址)."""

from django.urls import path

from . import views

app_name = "upkeep"
urlpatterns = [
    path("w/health/", views.checkup, name="health"),
    path("healthz", views.healthz, name="healthz"),
]
