"""Foreign keys follow the arrows (外键): what the linter of imports cannot see."""

from __future__ import annotations

from django.apps import apps

from .tree import below, room


def keys():
    for model in apps.get_models():
        if not model.__module__.startswith("sangesan."):
            continue
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and not field.auto_created:
                yield model, field


def between_apps():
    for model, field in keys():
        if model._meta.app_label != field.related_model._meta.app_label:
            yield model, field


def test_a_key_between_apps_points_to_a_lower_floor():
    wrong = [
        str(field) for model, field in between_apps()
        if not below(field.related_model.__module__, model.__module__)
    ]
    assert not wrong, f"keys that point upwards or sideways; refer by subject instead: {wrong}"


def test_a_key_between_apps_leaves_no_name_on_the_other_side():
    wrong = [str(field) for _, field in between_apps() if field.remote_field.related_name != "+"]
    assert not wrong, f'give these related_name="+": {wrong}'


def test_a_key_never_deletes_what_points_at_it():
    cascading = [
        str(field) for model, field in between_apps()
        if getattr(field.remote_field.on_delete, "__name__", "") == "CASCADE"
    ]
    assert not cascading, f"PROTECT these, history is not deleted: {cascading}"


def test_every_room_with_tables_stands_in_the_contract_of_an_app():
    import tomllib

    from .tree import ROOT

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = next(c["containers"] for c in contracts if c["name"].startswith("Inside an app"))
    rooms = {room(c.name) for c in apps.get_app_configs() if c.name.startswith("sangesan.")}
    missing = {r for r in rooms if not any(name.startswith(r) for name in named)} - {
        "sangesan.foundation", "sangesan.procedures",
    }
    assert not missing
