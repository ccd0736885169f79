"""Addresses of the ledger (台账地址); public."""

from django.urls import path

from . import views

app_name = "ledger"
urlpatterns = [
    path("ledger/", views.board, name="board"),
    path("ledger/roots.txt", views.roots, name="roots"),
]
