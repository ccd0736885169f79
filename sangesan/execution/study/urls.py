"""Addresses of study (学习)."""

from django.urls import path

from . import views

app_name = "study"
urlpatterns = [
    path("", views.index, name="index"),
    path("tests/", views.tests, name="tests"),
    path("tests/<int:pk>/", views.test, name="test"),
    path("tests/template/", views.template, name="template"),
    path("tests/<int:pk>/retire/", views.retire, name="retire"),
    path("counts/", views.counts, name="counts"),
    path("<int:pk>/", views.session, name="session"),
    path("<int:pk>/off/", views.call_off, name="off"),
    path("<int:pk>/material.pdf", views.material, name="material"),
]
