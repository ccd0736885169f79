"""Rules as an application: what is in force is read-only, and the shipped rules are brought along."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from sangesan.foundation import append_only

DRAFT = ('NOT EXISTS (SELECT 1 FROM "rules_inforce" f WHERE f.rule_set_id = OLD.{0})'
         ' AND NOT EXISTS (SELECT 1 FROM "rules_decision" d WHERE d.rule_set_id = OLD.{0})')


def ship(sender, using: str, **kwargs) -> None:
    """Bring the shipped rules after a migration (带上自带办法)."""
    from .services import ship

    if using == "default":
        ship()


class RulesConfig(AppConfig):
    name = "sangesan.appraisal.rules"

    def ready(self):
        """Protect the tables (设为只增); only what is neither decided nor in force may be taken away."""
        one, of_set = "id = NEW.id", "rule_set_id = NEW.rule_set_id"
        append_only.protect("rules_ruleset", same=[one, "code = NEW.code AND version = NEW.version"],
                            door=DRAFT.format("id"))
        append_only.protect("rules_indicator", same=[one, f"{of_set} AND code = NEW.code"],
                            door=DRAFT.format("rule_set_id"))
        append_only.protect("rules_link", same=[one, f"{of_set} AND line = NEW.line AND kind = NEW.kind"],
                            door=DRAFT.format("rule_set_id"))
        append_only.protect("rules_grade", same=[one, f"{of_set} AND least = NEW.least"],
                            door=DRAFT.format("rule_set_id"))
        append_only.protect("rules_payrule", same=[of_set], door=DRAFT.format("rule_set_id"))
        append_only.protect("rules_decision", same=[of_set])
        append_only.protect("rules_inforce", same=[of_set])
        post_migrate.connect(ship, sender=self)
