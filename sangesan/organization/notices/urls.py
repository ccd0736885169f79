"""Addresses of notices (消息), under /w/notices/."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.index, name="index"),
    path("read/", views.read, name="read"),
    path("<int:pk>/", views.follow, name="follow"),
]
