"""Warning listens to what happens to matters (预警监听)."""

from django.apps import AppConfig


class WarningConfig(AppConfig):
    """The app of the warning (三级预警)."""

    name = "sangesan.feedback.warning"

    def ready(self):
        from sangesan.feedback.matters.signals import moved

        from .services.telling import tell

        moved.connect(tell, dispatch_uid="warning.tell")
