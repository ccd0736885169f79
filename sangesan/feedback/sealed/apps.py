"""The sealed room listens for what turns out to be an accusation (转纪检)."""

from django.apps import AppConfig


class SealedConfig(AppConfig):
    """The app of the discipline mailbox (纪检监察信箱)."""

    name = "sangesan.feedback.sealed"

    def ready(self):
        from sangesan.feedback.matters.signals import accused

        from .services.moving import take_over

        accused.connect(take_over, dispatch_uid="sealed.take_over")
