"""Addresses of plans and reports (周计划、述职)."""

from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("plans/", views.listing, name="list"),
    path("plans/draft/", views.draft, name="draft"),
    path("plans/of/<int:duty>/", views.of_duty, name="of"),
    path("plans/<int:plan>/", views.detail, name="detail"),
    path("plans/<int:plan>/add/", views.add, name="add"),
    path("plans/<int:plan>/lines/<int:line>/strike/", views.strike, name="strike"),
    path("plans/<int:plan>/confirm/", views.confirm, name="confirm"),
    path("plans/<int:plan>/check/", views.check, name="check"),
    path("reports/", views.reports, name="reports"),
    path("reports/<int:report>/", views.report, name="report"),
]
