"""Addresses of documents (公文), under /w/documents/."""

from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("", views.index, name="index"),
    path("issuer/", views.issuer, name="issuer"),
    path("register/", views.register, name="register"),
    path("templates/", views.upload, name="upload"),
    path("templates/default/", views.shipped, name="shipped"),
    path("templates/<int:pk>/", views.template, name="template"),
    path("templates/<int:pk>/trial/", views.trial, name="trial"),
    path("templates/<int:pk>/use/", views.use, name="use"),
    path("templates/<int:pk>/retire/", views.retire, name="retire"),
]
