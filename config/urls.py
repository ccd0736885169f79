"""Addresses (地址). Public pages at the root, staff pages under /w/, machines under /api/v1."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path("", lambda request: HttpResponse("三个三")),
]
