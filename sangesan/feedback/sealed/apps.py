"""The sealed room listens for what turns out to be an accusation (转纪检), and for inspectors who leave (离任)."""

from django.apps import AppConfig


class SealedConfig(AppConfig):
    """The app of the discipline mailbox (纪检监察信箱)."""

    name = "sangesan.feedback.sealed"

    def ready(self):
        from sangesan.feedback.matters.signals import accused, handed_in
        from sangesan.organization.people.signals import ending

        from .services.leaving import keep_a_reader
        from .services.moving import shut_out, take_over

        accused.connect(take_over, dispatch_uid="sealed.take_over")
        handed_in.connect(shut_out, dispatch_uid="sealed.shut_out")
        ending.connect(keep_a_reader, dispatch_uid="sealed.keep_a_reader")
