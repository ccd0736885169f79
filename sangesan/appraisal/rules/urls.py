"""Addresses of the rules (考核办法地址), under /w/rules/."""

from django.urls import path

from .views import terms
from .views import versions as views

app_name = "rules"
urlpatterns = [
    path("", views.index, name="index"),
    path("begin/", views.begin, name="begin"),
    path("import/", views.upload, name="upload"),
    path("import/take/", views.take, name="take"),
    path("import/faults/", views.faults, name="faults"),
    path("import/template/", views.template, name="template"),
    path("fields/<slug:code>/", views.switch, name="switch"),
    path("<slug:code>/<int:version>/", views.version, name="version"),
    path("<slug:code>/<int:version>/workbook/", views.workbook, name="workbook"),
    path("<slug:code>/<int:version>/decide/", views.decide, name="decide"),
    path("<slug:code>/<int:version>/enforce/", views.enforce, name="enforce"),
    path("<slug:code>/<int:version>/discard/", views.discard, name="discard"),
    path("<slug:code>/<int:version>/links/new/", terms.add_link, name="add_link"),
    path("<slug:code>/<int:version>/links/<slug:line>/<slug:kind>/", terms.link, name="link"),
    path("<slug:code>/<int:version>/links/<slug:line>/<slug:kind>/remove/", terms.remove_link, name="remove_link"),
    path("<slug:code>/<int:version>/weights/", terms.weights, name="weights"),
    path("<slug:code>/<int:version>/grades/", terms.grades, name="grades"),
    path("<slug:code>/<int:version>/pay/", terms.pay, name="pay"),
    path("<slug:code>/<int:version>/indicators/new/", views.add, name="add"),
    path("<slug:code>/<int:version>/indicators/<slug:indicator>/", views.edit, name="edit"),
    path("<slug:code>/<int:version>/indicators/<slug:indicator>/remove/", views.remove, name="remove"),
]
