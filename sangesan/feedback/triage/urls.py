"""Addresses of triage help (分办辅助)."""

from django.urls import path

from . import views

app_name = "triage"
urlpatterns = [
    path("w/hot/", views.hot, name="hot"),
]
