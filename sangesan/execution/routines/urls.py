"""Addresses of the routines (制度)."""

from django.urls import path

from .views import checks, completeness, routines

app_name = "routines"
urlpatterns = [
    path("w/routines/", routines.listing, name="list"),
    path("w/routines/install/", routines.install, name="install"),
    path("w/routines/new/", routines.new, name="new"),
    path("w/routines/checks/<int:pk>/", checks.check, name="check"),
    path("w/routines/<str:code>/", routines.detail, name="detail"),
    path("w/routines/<str:code>/edit/", routines.edit, name="edit"),
    path("w/routines/<str:code>/force/", routines.force, name="force"),
    path("w/routines/<str:code>/end/", routines.end, name="end"),
    path("w/completeness/", completeness.table, name="completeness"),
    path("w/completeness/table.xlsx", completeness.export, name="export"),
]
