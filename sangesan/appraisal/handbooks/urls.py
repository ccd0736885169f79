"""Addresses of the handbooks (三册地址), under /w/books/."""

from django.urls import path

from . import views

app_name = "books"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:code>/<slug:slug>/", views.book, name="book"),
    path("<str:code>/<slug:slug>/<slug:form>/", views.copy, name="copy"),
]
