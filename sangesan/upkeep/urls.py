"""Addresses of upkeep (运维地址)."""

from django.urls import path

from . import views

app_name = "upkeep"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
]
