"""The app of notices (提醒): it listens to what happens to accounts."""

from django.apps import AppConfig


class Notices(AppConfig):
    """Tell the holder whenever somebody touched their account (账号变动提醒)."""

    name = "sangesan.organization.notices"

    def ready(self) -> None:
        from sangesan.organization.accounts.signals import touched

        from .services import account_touched

        touched.connect(account_touched)
