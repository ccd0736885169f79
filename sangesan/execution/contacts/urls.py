"""Addresses of contact points (联系点)."""

from django.urls import path

from . import views

app_name = "contacts"
urlpatterns = [
    path("w/contacts/", views.index, name="index"),
    path("w/contacts/month/", views.month, name="month"),
    path("w/contacts/month/table.xlsx", views.export, name="export"),
    path("w/contacts/pairs/", views.pairs, name="pairs"),
    path("w/contacts/<int:pair>/", views.detail, name="pair"),
    path("w/contacts/<int:pair>/visit/", views.visit, name="visit"),
    path("w/contacts/<int:pair>/end/", views.end, name="end"),
    path("w/visits/<int:visit>/", views.record, name="record"),
    path("w/visits/<int:visit>/report/", views.report, name="report"),
    path("w/visits/<int:visit>/settle/", views.settle, name="settle"),
    path("w/visits/<int:visit>/confirm/", views.confirm, name="confirm"),
]
