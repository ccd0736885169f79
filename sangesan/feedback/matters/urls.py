"""Addresses of matters (事项)."""

from django.urls import path

from . import views

app_name = "matters"
urlpatterns = [
    path("w/triage/", views.triage, name="triage"),
    path("w/triage/grade/", views.suggest, name="suggest"),
    path("w/matters/", views.listing, name="list"),
    path("w/matters/export.xlsx", views.export, name="export"),
    path("w/matters/<str:number>/", views.detail, name="detail"),
    path("w/matters/<str:number>/identity/", views.identity, name="identity"),
    path("w/matters/<str:number>/papers/<int:pk>/pdf/", views.paper_file, {"form": "pdf"}, name="paper_pdf"),
    path("w/matters/<str:number>/papers/<int:pk>/word/", views.paper_file, {"form": "word"}, name="paper_word"),
    path("w/matters/<str:number>/papers/<slug:slug>/", views.paper, name="paper"),
    path("w/matters/<str:number>/photos/<int:photo>/", views.photo, name="photo"),
    path("w/matters/<str:number>/recordings/<int:recording>/", views.recording, name="recording"),
    path("w/matters/<str:number>/step-files/<int:pk>/", views.step_file, name="step_file"),
    path("w/matters/<str:number>/files/<int:enclosure>/", views.enclosure, name="enclosure"),
    path("w/matters/<str:number>/<str:action>/", views.act, name="act"),
]
