"""Addresses of the handbooks (三册地址), under /w/books/."""

from django.urls import path

from .views import books, copies, scans

app_name = "books"
urlpatterns = [
    path("", books.index, name="index"),
    path("copies/", copies.orders, name="orders"),
    path("copies/<str:number>.zip", copies.package, name="package"),
    path("scans/<int:pk>/<int:place>/", scans.page, name="scan"),
    path("scans/<int:pk>/withdraw/", scans.withdraw, name="withdraw"),
    path("<str:code>/<slug:slug>/", books.book, name="book"),
    path("<str:code>/<slug:slug>/scans/", scans.add, name="add_scan"),
    path("<str:code>/<slug:slug>/scans/arriving/", scans.arriving, name="arriving"),
    path("<str:code>/<slug:slug>/<slug:form>/", books.copy, name="copy"),
]
