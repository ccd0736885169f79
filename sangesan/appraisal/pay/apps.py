"""Pay as an application: what was paid stays, a correction is a further row."""

from django.apps import AppConfig

from sangesan.foundation import append_only


class PayConfig(AppConfig):
    name = "sangesan.appraisal.pay"

    def ready(self):
        append_only.protect("pay_pool", same=["id = NEW.id", "number = NEW.number", "run_id = NEW.run_id"])
        append_only.protect("pay_payout", same=["id = NEW.id"])
        append_only.protect("pay_export", same=["id = NEW.id"])
