"""The wiring as an app (接线): what every process needs, the web server as much as a job or a command."""

from django.apps import AppConfig


class Wiring(AppConfig):
    """Hangs the doors (挂门): whoever asks one where none hangs finds it closed."""

    name = "config"
    label = "wiring"

    def ready(self) -> None:
        from . import doors  # noqa: F401
