"""Addresses of the desk (工作台)."""

from django.urls import path

from . import views
from .views import calendar, outcomes

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("todo/", views.todo, name="todo"),
    path("calendar/", calendar.show, name="calendar"),
    path("calendar/feed/", calendar.renew, name="feed"),
    path("calendar/feed/stop/", calendar.stop, name="feed_stop"),
    path("lacks/", views.lacks, name="lacks"),
    path("outcomes/", outcomes.index, name="outcomes"),
    path("outcomes/<slug:slug>/", outcomes.outcome, name="outcome"),
    path("search/", views.search, name="search"),
    path("help/", views.help_page, name="help"),
]
