"""Addresses of talks and help (谈心帮扶), under /w/talks/."""

from django.urls import path

from . import views

app_name = "care"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.record, name="record"),
]
