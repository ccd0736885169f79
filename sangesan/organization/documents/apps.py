"""Documents as an application: what was issued is append-only."""

from django.apps import AppConfig

from sangesan.foundation.append_only import protect


class DocumentsConfig(AppConfig):
    name = "sangesan.organization.documents"

    def ready(self):
        """Protect what was issued (印发后不可改)."""
        protect("documents_document", same=["id = NEW.id", "number = NEW.number"])
