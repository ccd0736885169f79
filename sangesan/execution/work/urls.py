"""Addresses of work items (工作项), under /w/work/."""

from django.urls import path

from . import views

app_name = "work"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("<int:item>/", views.detail, name="detail"),
    path("<int:item>/steps/<int:duty>/", views.step, name="step"),
    path("<int:item>/review/", views.review, name="review"),
    path("<int:item>/leave/<str:stage>/", views.leave, name="leave"),
    path("<int:item>/drop/", views.drop, name="drop"),
    path("<int:item>/down/", views.hand_down, name="down"),
]
