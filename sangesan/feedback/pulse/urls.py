"""Addresses of the pulse (民情)."""

from django.urls import path

from . import views

app_name = "pulse"
urlpatterns = [
    path("answers/", views.answers, name="answers"),
    path("answers/like/", views.like, name="like"),
    path("w/answers/", views.desk, name="desk"),
    path("w/answers/new/<str:number>/", views.draft, name="draft"),
    path("w/answers/<int:pk>/<str:action>/", views.act, name="act"),
    path("w/pulse/", views.figures, name="figures"),
]
