"""Addresses of results (考核结果地址), under /w/results/."""

from django.urls import path

from . import views

app_name = "results"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:run>/", views.run, name="run"),
    path("<int:run>/<str:code>/", views.statement, name="statement"),
]
