"""Addresses of results (考核结果地址): for staff under /w/results/, for everybody in the mine under /results/."""

from django.urls import path

from . import views

app_name = "results"
urlpatterns = [
    path("results/", views.posted, name="posted"),
    path("results/<int:run>/", views.posted_period, name="posted_period"),
    path("results/<int:run>/<str:code>/", views.posted_statement, name="posted_statement"),
    path("w/results/", views.index, name="index"),
    path("w/appeals/", views.appeals, name="appeals"),
    path("w/appeals/<str:number>/", views.appeal, name="appeal"),
    path("w/results/own/", views.own, name="own"),
    path("w/results/<int:run>/", views.run, name="run"),
    path("w/results/<int:run>/publish/", views.publish, name="publish"),
    path("w/results/<int:run>/<str:code>/", views.statement, name="statement"),
    path("w/results/<int:run>/<str:code>/<str:indicator>/", views.object_to, name="object"),
]
