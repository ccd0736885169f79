"""The audit log as an application: append-only, with an expiry of twelve months."""

from django.apps import AppConfig

from sangesan.foundation.append_only import protect


class AuditConfig(AppConfig):
    name = "sangesan.ledger.audit"

    def ready(self):
        """Protect the table (设为只增); what is older than twelve months by the database's clock may go."""
        protect("audit_auditentry", door={
            "sqlite": """OLD."at" < datetime('now', '-12 months')""",
            "postgresql": """OLD."at" < now() - interval '12 months'""",
        })
