"""Addresses of the yearly focus (工作重点), under /w/focus/."""

from django.urls import path

from . import views

app_name = "focus"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("group/", views.join, name="join"),
    path("group/<int:pk>/leave/", views.leave, name="leave"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/end/", views.end, name="end"),
]
