"""Addresses of publicity (宣传引导) and of 队务公开."""

from django.urls import path

from .views import openness, plans, sheets

app_name = "publicity"
urlpatterns = [
    path("w/publicity/", plans.listing, name="list"),
    path("w/publicity/new/", plans.new, name="new"),
    path("w/publicity/sheet/", sheets.index, name="sheet"),
    path("w/publicity/sheet/<str:unit>/<str:day>/sheet.pdf", sheets.pdf, name="sheet_pdf"),
    path("w/publicity/sheet/duties/<int:pk>/", sheets.held, name="held"),
    path("w/publicity/<int:plan>/", plans.detail, name="detail"),
    path("w/publicity/<int:plan>/end/", plans.end, name="end"),
    path("w/publicity/<int:plan>/<int:unit>/receive/", plans.receive, name="receive"),
    path("w/publicity/<int:plan>/<int:unit>/pass/", plans.pass_on, name="pass"),
    path("w/openness/", openness.index, name="openness"),
    path("w/openness/template/", openness.template, name="template"),
    path("w/openness/<int:pk>/", openness.posting, name="posting"),
    path("w/openness/<int:pk>/pdf/", openness.pdf, name="posting_pdf"),
]
