"""Evidence as an application: its tables are append-only; erased words leave by their own door."""

from django.apps import AppConfig

from sangesan.foundation.append_only import protect


class EvidenceConfig(AppConfig):
    name = "sangesan.ledger.evidence"

    def ready(self):
        """Protect the tables (设为只增)."""
        door = 'EXISTS (SELECT 1 FROM "evidence_erasure" WHERE digest = OLD.digest)'
        protect("evidence_evidence", same=["digest = NEW.digest"], door=door)
        protect("evidence_erasure", same=["digest = NEW.digest"])
