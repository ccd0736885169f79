"""Routines as an application: a version in force is read-only in the database; only a draft may be changed."""

from django.apps import AppConfig

from sangesan.foundation import append_only

DRAFT = 'NOT EXISTS (SELECT 1 FROM "routines_force" f WHERE f.version_id = OLD.id)'


class RoutinesConfig(AppConfig):
    """The app of the routines (制度)."""

    name = "sangesan.execution.routines"

    def ready(self):
        from django.utils.translation import gettext_lazy as lazy

        from sangesan.execution.duties import kinds

        from .library import KINDS
        from .queries.checking import CHECK

        append_only.protect("routines_version", same=["id = NEW.id"], door=DRAFT)
        kinds.hang(kinds.Kind(CHECK, lazy("检查落实"), "check", lambda duty: f"/w/routines/checks/{duty.pk}/",
                              follows=True))
        for slug, (word, icon) in KINDS.items():
            if not kinds.hung(slug):  # a room above may have been there first
                kinds.hang(kinds.Kind(slug, lazy(word), icon))
