"""Addresses of the duties (应办事项)."""

from django.urls import path

from .views import listing, one

app_name = "duties"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("list.xlsx", listing.export, name="export"),
    path("moves/", one.moves, name="moves"),
    path("<int:pk>/", one.detail, name="detail"),
    path("<int:pk>/<str:step>/", one.act, name="act"),
]
