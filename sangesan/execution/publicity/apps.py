"""Publicity as an application: passing a notice on is a duty with a page of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy


class PublicityConfig(AppConfig):
    """The app of publicity (宣传引导)."""

    name = "sangesan.execution.publicity"

    def ready(self) -> None:
        """Hang the kinds (挂类别), and follow what goes over to another unit."""
        from sangesan.execution.duties.kinds import Kind, hang
        from sangesan.execution.duties.signals import handed

        from .services.handing import gone_over

        hang(Kind("pre_shift", lazy("开班前会"), "helmet", lambda duty: f"/w/publicity/sheet/duties/{duty.pk}/",
                  follows=True))
        hang(Kind("openness", lazy("公开队务"), "board", lambda _duty: "/w/openness/"))
        hang(Kind("notice_pass", lazy("接收并传达"), "flag", lambda duty: f"/w/{duty.origin.subject}/"))
        handed.connect(gone_over, dispatch_uid="publicity")
