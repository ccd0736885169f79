"""Addresses of research (研讨), under /w/topics/."""

from django.urls import path

from . import views

app_name = "research"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/contribute/", views.contribute, name="contribute"),
    path("<str:number>/conclude/", views.conclude, name="conclude"),
]
