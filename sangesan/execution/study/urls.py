"""Addresses of study (学习)."""

from django.urls import path

from . import views

app_name = "study"
urlpatterns = [
    path("study/", views.open_tests, name="open"),
    path("study/<int:pk>/", views.open_test, name="open_test"),
    path("w/study/", views.index, name="index"),
    path("w/study/tests/", views.tests, name="tests"),
    path("w/study/tests/<int:pk>/", views.test, name="test"),
    path("w/study/tests/template/", views.template, name="template"),
    path("w/study/tests/<int:pk>/retire/", views.retire, name="retire"),
    path("w/study/counts/", views.counts, name="counts"),
    path("w/study/<int:pk>/", views.session, name="session"),
    path("w/study/<int:pk>/off/", views.call_off, name="off"),
    path("w/study/<int:pk>/material.pdf", views.material, name="material"),
]
