"""Publication as an application: what was published stays published."""

from django.apps import AppConfig

from sangesan.foundation import append_only


class PublicationConfig(AppConfig):
    name = "sangesan.appraisal.publication"

    def ready(self):
        append_only.protect("publication_publication", same=["run_id = NEW.run_id"])
