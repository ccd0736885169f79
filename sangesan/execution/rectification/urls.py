"""Addresses of inspection and rectification (督察整改)."""

from django.urls import path

from .views import findings, inspecting

app_name = "rectification"
urlpatterns = [
    path("w/inspections/", inspecting.log, name="log"),
    path("w/inspections/new/", inspecting.new, name="new"),
    path("w/inspections/uninspected/", inspecting.uninspected, name="uninspected"),
    path("w/inspections/checklists/", inspecting.checklists, name="checklists"),
    path("w/inspections/checklists/<int:pk>/stop/", inspecting.stop, name="stop"),
    path("w/inspections/figures/", inspecting.figures, name="figures"),
    path("w/inspections/<int:pk>/", inspecting.inspection, name="inspection"),
    path("w/findings/", findings.listing, name="findings"),
    path("w/findings/<int:pk>/", findings.detail, name="finding"),
    path("w/findings/<int:pk>/photos/<int:photo>/", findings.photo, name="photo"),
    path("w/findings/<int:pk>/done/", findings.done, name="done"),
    path("w/findings/<int:pk>/verify/", findings.verify, name="verify"),
    path("w/findings/<int:pk>/name/", findings.name, name="name"),
    path("w/findings/<int:pk>/ask/", findings.ask, name="ask"),
    path("w/findings/<int:pk>/decide/", findings.decide, name="decide"),
]
