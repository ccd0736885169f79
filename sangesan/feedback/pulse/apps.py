"""The pulse listens to what becomes of those who spoke (民情)."""

from django.apps import AppConfig


class PulseConfig(AppConfig):
    """The app of the pulse (民情)."""

    name = "sangesan.feedback.pulse"

    def ready(self):
        from . import services  # noqa: F401  (connects)
