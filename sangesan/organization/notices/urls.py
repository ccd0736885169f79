"""Addresses of notices (消息), under /w/notices/."""

from django.urls import path

from . import views
from .views import own, push

app_name = "notices"
urlpatterns = [
    path("", views.index, name="index"),
    path("read/", views.read, name="read"),
    path("<int:pk>/", views.follow, name="follow"),
    path("reach/", own.reach, name="reach"),
    path("lists/", own.lists, name="lists"),
    path("lists/<str:code>/", own.paper, name="paper"),
    path("push/", push.index, name="push"),
    path("push/address/", push.address, name="push_address"),
    path("push/<slug:name>/", push.channel, name="push_channel"),
    path("push/<slug:name>/test/", push.trial, name="push_test"),
    path("push/<slug:name>/off/", push.off, name="push_off"),
]
