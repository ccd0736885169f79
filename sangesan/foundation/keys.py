"""Random keys (随机主键): neither an id nor a rowid tells who spoke first.

On SQLite only an INTEGER PRIMARY KEY *is* the rowid; any other key leaves a hidden rowid that
counts up. So the column stays Django's own auto field, and the value is always given.
"""

from __future__ import annotations

from django.db import IntegrityError, connections, models

from .ids import random_id


class RandomKey(models.BigAutoField):
    """A primary key that is random (随机主键); migrations see a plain BigAutoField."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"primary_key": True})

    def get_pk_value_on_save(self, instance):
        return random_id()

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigAutoField", args, kwargs


def lay(*rows: models.Model) -> None:
    """Store rows of random keys (存放). Raises IntegrityError where another stands in the place of one already.

    The database is not let refuse it: PostgreSQL writes each row that it refuses into its log, with the moment, and
    who sends a form twice would stand there.
    """
    for row in rows:
        kept = type(row)._default_manager
        kept.bulk_create([row], ignore_conflicts=True)
        if not kept.filter(pk=row.pk).exists():
            raise IntegrityError("another stands there already")


def mix(*rows: models.QuerySet) -> None:
    """Write rows anew in the order of their random keys (打乱存放), so that their place tells no order either.

    PostgreSQL lays rows down as they come, marks who wrote them, and copies them so. SQLite's file is written anew as
    a whole (`sqlite.placing`).
    """
    for found in rows:
        if connections[found.db].vendor == "postgresql":
            for key in found.order_by("pk").values_list("pk", flat=True):
                found.model._default_manager.filter(pk=key).update(id=key)
