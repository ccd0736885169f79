"""Addresses of the organisation (组织), under /w/organization/."""

from django.urls import path

from .views import absence, calendar, imports, people, restructuring, units

app_name = "organization"
urlpatterns = [
    path("", units.tree, name="tree"),
    path("vacancies/", units.vacancies, name="vacancies"),
    path("units/<str:code>/", units.unit, name="unit"),
    path("units/<str:code>/add/", units.add, name="add_unit"),
    path("units/<str:code>/move/", units.move, name="move_unit"),
    path("units/<str:code>/merge/", restructuring.merge, name="merge_unit"),
    path("units/<str:code>/split/", restructuring.split, name="split_unit"),
    path("units/<str:code>/close/", units.close, name="close_unit"),
    path("units/<str:code>/cover/", units.cover, name="cover"),
    path("units/<str:code>/cover/<str:covered>/end/", units.uncover, name="uncover"),
    path("units/<str:code>/people/add/", people.add_person, name="add_person"),
    path("units/<str:code>/posts/add/", people.add_post, name="add_post"),
    path("people/", people.index, name="people"),
    path("people/<str:number>/", people.person, name="person"),
    path("people/<str:number>/place/", people.place, name="place"),
    path("people/<str:number>/leave/", people.leave, name="leave"),
    path("posts/<str:code>/", people.post, name="post"),
    path("posts/<str:code>/appoint/", people.appoint, name="appoint"),
    path("posts/<str:code>/close/", people.close_post, name="close_post"),
    path("appointments/<int:pk>/end/", people.end, name="end"),
    path("absence/", absence.index, name="absence"),
    path("absence/<int:pk>/back/", absence.back, name="come_back"),
    path("calendar/", calendar.index, name="calendar"),
    path("calendar/<int:year>/", calendar.confirm, name="confirm_year"),
    path("import/", imports.index, name="imports"),
    path("import/template.xlsx", imports.template, name="template"),
    path("import/<int:pk>/", imports.batch, name="batch"),
    path("import/<int:pk>/take/", imports.take, name="take"),
    path("import/<int:pk>/undo/", imports.undo, name="undo"),
    path("import/<int:pk>/drop/", imports.drop, name="drop"),
    path("import/<int:pk>/errors.xlsx", imports.faults, name="faults"),
]
