"""Addresses of remarks (批示), under /w/remarks/."""

from django.urls import path

from . import views

app_name = "remarks"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("<int:remark>/", views.detail, name="detail"),
]
