"""Addresses of the desk (工作台)."""

from django.urls import path

from . import views
from .views import calendar, outcomes, returns

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
    path("returns/", returns.index, name="returns"),
    path("returns/fields.xlsx", returns.fields, name="return_fields"),
    path("returns/<int:pk>/", returns.form, name="return"),
    path("returns/<int:pk>/filled/", returns.filled, name="return_filled"),
    path("returns/<int:pk>/retire/", returns.retire, name="return_retired"),
    path("search/", views.search, name="search"),
    path("help/", views.help_page, name="help"),
]
