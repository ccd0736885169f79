"""Addresses of study (学习)."""

from django.urls import path

from . import views

app_name = "study"
urlpatterns = [
    path("", views.index, name="index"),
    path("tests/", views.tests, name="tests"),
    path("tests/<int:pk>/", views.test, name="test"),
    path("counts/", views.counts, name="counts"),
    path("<int:pk>/", views.session, name="session"),
    path("<int:pk>/material.pdf", views.material, name="material"),
]
