"""Addresses of the inspectors' room (纪检监察信箱), under /w/discipline/."""

from django.urls import path

from .views import keys, room

app_name = "sealed"
urlpatterns = [
    path("", room.room, name="room"),
    path("opening/", room.opening, name="opening"),
    path("opening/box/", room.box, name="box"),
    path("founding/", keys.founding, name="founding"),
    path("keys/", keys.keys, name="keys"),
    path("keys/lost/", keys.lost, name="lost"),
    path("keys/found/", keys.found, name="found"),
    path("keys/list/", keys.listing, name="list"),
    path("keys/<int:place>/approve/", keys.approve, name="approve"),
    path("keys/<int:place>/remove/", keys.remove, name="remove"),
    path("<str:number>/", room.room, name="letter"),
    path("<str:number>/read/", room.letter, name="read"),
    path("<str:number>/open/", room.open_letter, name="open"),
    path("<str:number>/hand-on/", room.hand_on, name="hand_on"),
    path("<str:number>/files/<int:place>/", room.file, name="file"),
    path("<str:number>/step/<str:action>/", room.step, name="step"),
]
