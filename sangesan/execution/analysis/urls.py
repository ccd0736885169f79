"""Addresses of analyses and discussions (月分析、季度座谈), under /w/."""

from django.urls import path

from .views import analyses, discussions

app_name = "analysis"
urlpatterns = [
    path("analyses/", analyses.listing, name="list"),
    path("analyses/of/<int:duty>/", analyses.of_duty, name="of"),
    path("analyses/<int:analysis>/", analyses.detail, name="detail"),
    path("analyses/<int:analysis>/finish/", analyses.finish, name="finish"),
    path("analyses/<int:analysis>/paper.<str:form>", analyses.taken, name="taken"),
    path("discussions/", discussions.listing, name="discussions"),
    path("discussions/<int:discussion>/", discussions.detail, name="discussion"),
    path("discussions/<int:discussion>/close/", discussions.close, name="close"),
    path("discussions/<int:discussion>/answer/", discussions.answer, name="answer"),
    path("discussions/<int:discussion>/paper.<str:form>", discussions.taken, name="paper"),
]
