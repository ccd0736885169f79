"""Addresses of the networks (联络网), under /w/networks/."""

from django.urls import path

from .views import keeping, networks, passings

app_name = "networks"
urlpatterns = [
    path("", networks.index, name="index"),
    path("map/", networks.map_page, name="map"),
    path("gaps/", networks.gaps, name="gaps"),
    path("points/", networks.points, name="points"),
    path("points/<str:branch>/posted/", keeping.posted, name="posted"),
    path("nodes/<int:node>/end/", keeping.end, name="end"),
    path("import/", keeping.imports, name="imports"),
    path("import/template.xlsx", keeping.template, name="template"),
    path("passings/", passings.index, name="passings"),
    path("passings/<int:passing>/take/", passings.take, name="take"),
    path("pass/", passings.pass_on, name="pass"),
    path("of/<str:slug>/", networks.network, name="network"),
    path("of/<str:slug>/add/", keeping.add, name="add"),
    path("of/<str:slug>/revise/", keeping.revise, name="revise"),
]
