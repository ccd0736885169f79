"""Addresses of pay (兑现地址), under /w/pay/."""

from django.urls import path

from . import views

app_name = "pay"
urlpatterns = [
    path("", views.index, name="index"),
    path("mine/", views.mine, name="mine"),
    path("share/<int:run>/", views.share, name="share"),
    path("share/<int:run>/out/", views.share_out, name="share_out"),
    path("share/<int:run>/roster/", views.roster, name="roster"),
    path("<str:number>/", views.pool, name="pool"),
    path("<str:number>/export/", views.export, name="export"),
    path("<str:number>/adjust/", views.adjust, name="adjust"),
    path("<str:number>/check/", views.check, name="check"),
]
