"""Addresses of the handbooks (三册地址), under /w/books/."""

from django.urls import path, re_path

from . import views

app_name = "books"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:code>/<slug:slug>/", views.book, name="book"),
    re_path(r"^(?P<code>[^/]+)/(?P<slug>[\w-]+)/(?P<form>pdf|word)/$", views.copy, name="copy"),
]
