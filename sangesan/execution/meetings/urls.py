"""Addresses of meetings (会议), under /w/meetings/."""

from django.urls import path

from . import views

app_name = "meetings"
urlpatterns = [
    path("", views.listing, name="list"),
    path("call/", views.call, name="call"),
    path("of/<int:duty>/", views.of_duty, name="of"),
    path("<int:meeting>/", views.detail, name="detail"),
    path("<int:meeting>/enrol/", views.enrol, name="enrol"),
    path("<int:meeting>/roster/<int:attendee>/remove/", views.remove, name="remove"),
    path("<int:meeting>/discard/", views.discard, name="discard"),
    path("<int:meeting>/correct/", views.correct, name="correct"),
    path("<int:meeting>/annul/", views.annul, name="annul"),
    path("<int:meeting>/minutes.<str:form>", views.minutes, name="minutes"),
]
