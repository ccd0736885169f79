"""Grading tables as an application: what is in force is read-only; only a draft may be taken away."""

from django.apps import AppConfig

from sangesan.foundation import append_only

DRAFT = 'NOT EXISTS (SELECT 1 FROM "grades_inforce" f WHERE f.table_id = OLD.id)'


class GradesConfig(AppConfig):
    """The app of the grading tables (分级表)."""

    name = "sangesan.feedback.grades"

    def ready(self):
        append_only.protect("grades_tableversion", same=["id = NEW.id", "version = NEW.version"], door=DRAFT)
        append_only.protect("grades_inforce", same=["table_id = NEW.table_id"])
