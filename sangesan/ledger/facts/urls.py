"""Addresses of the ledger (台账地址); public."""

from django.urls import path

from . import views

app_name = "ledger"
urlpatterns = [
    path("ledger/", views.board, name="board"),
    path("ledger/check/", views.check, name="check"),
    path("ledger/check.html", views.checker, name="checker"),
    path("ledger/roots.txt", views.roots, name="roots"),
]
