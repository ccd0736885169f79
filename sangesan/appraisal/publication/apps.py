"""Publication as an application: what was published stays published."""

from django.apps import AppConfig

from sangesan.foundation import append_only


class PublicationConfig(AppConfig):
    name = "sangesan.appraisal.publication"

    def ready(self):
        append_only.protect("publication_publication", same=["run_id = NEW.run_id"])
        line = "run_id = NEW.run_id AND unit_id = NEW.unit_id AND indicator = NEW.indicator AND about = NEW.about"
        append_only.protect("publication_appeal", same=["id = NEW.id", "number = NEW.number", line])
        append_only.protect("publication_ruling", same=["appeal_id = NEW.appeal_id"])
