"""Contact points as an application: its kinds of duties, and what it follows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy


class ContactsConfig(AppConfig):
    """The app of the contact points (联系点)."""

    name = "sangesan.execution.contacts"

    def ready(self) -> None:
        from sangesan.execution.duties import kinds
        from sangesan.execution.duties.signals import settled

        from .services.steps import PROBLEM, followed

        kinds.hang(kinds.Kind("contact", lazy("去联系点"), "pin", _where))
        kinds.hang(kinds.Kind(PROBLEM, lazy("办理联系点的问题"), "hand"))
        settled.connect(followed, dispatch_uid="contacts")


def _where(duty) -> str:
    """Return where a visit is recorded (登记地址): of a routine, the page of all my pairs."""
    subject = duty.origin.subject
    return f"/w/{subject}/visit/" if subject.startswith("contacts/") else "/w/contacts/"
