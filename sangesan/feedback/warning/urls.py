"""Addresses of the warning (预警)."""

from django.urls import path

from .views import board, calling, caring, table

app_name = "warning"
urlpatterns = [
    path("w/warning/", board.board, name="board"),
    path("w/warning/table/", table.table, name="table"),
    path("w/warning/table/decide/", table.decide, name="decide"),
    path("w/warning/part/", board.part, name="part"),
    path("w/warning/stream/", board.stream, name="stream"),
    path("w/care/", caring.listing, name="care_list"),
    path("w/care/<str:number>/", caring.detail, name="care"),
    path("w/care/<str:number>/identity/", caring.identity, name="care_identity"),
    path("w/care/<str:number>/<str:step>/", caring.act, name="care_act"),
    path("w/calls/", calling.listing, name="calls"),
    path("w/calls/rota/", calling.rota, name="rota"),
    path("w/calls/<int:pk>/", calling.sheet, name="sheet"),
    path("w/calls/<int:pk>/paper/", calling.paper, name="paper"),
    path("w/calls/<int:pk>/<int:line>/", calling.enter, name="enter"),
]
