"""Addresses of intake (受理)."""

from django.urls import path

from . import views

app_name = "intake"
urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("privacy/", views.privacy, name="privacy"),
]
