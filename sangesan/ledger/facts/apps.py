"""Facts as an application: append-only tables, and the triggers of the whole house put in place."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext

from sangesan.foundation import append_only, search
from sangesan.method import words
from sangesan.method.folding import fold


def install(sender, using: str, **kwargs) -> None:
    """Put all triggers in place after a migration (迁移后装上触发器)."""
    append_only.install(using)


class FactsConfig(AppConfig):
    name = "sangesan.ledger.facts"

    def ready(self):
        """Protect the tables (设为只增). A body leaves only after an erasure that a fact tells of."""
        by_fact = "fact_id = NEW.fact_id"
        told = (
            'EXISTS (SELECT 1 FROM "facts_erasure" e JOIN "facts_fact" f ON f.id = e.record_id'
            " WHERE e.fact_id = OLD.fact_id AND f.kind = 'body.erased')"
        )
        append_only.protect("facts_fact")
        append_only.protect("facts_body", same=[by_fact, "reverses > 0 AND reverses = NEW.reverses"], door=told)
        append_only.protect("facts_seal", same=["number = NEW.number", "stream = NEW.stream AND upto = NEW.upto"])
        append_only.protect("facts_erasure", same=[by_fact, "record_id = NEW.record_id"])
        post_migrate.connect(install, sender=self)
        # Here, because it is the lowest app above the method and the ground floor, which don't know of each other.
        words.speak(gettext)
        search.reads_as(fold)
