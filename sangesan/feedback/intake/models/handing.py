"""Papers handed up (原件上交): that one was received and handed over, by whom and when, and nothing of it."""

from django.db import models
from django.utils.translation import gettext as _


class HandedUp(models.Model):
    """A paper about a leader whose file lies above (原件上交). Only whoever handed it over sees the line.

    The key is drawn from the form's token, so that a page sent twice is one line.
    """

    id = models.BigAutoField(primary_key=True)
    form = models.CharField(max_length=20)
    received = models.DateField()
    handed = models.DateField()
    to = models.CharField(max_length=60)
    person = models.BigIntegerField(db_index=True)
    post = models.CharField(max_length=60)

    def __str__(self):
        return _("原件上交")

    @property
    def subject(self) -> str:
        """The address (地址) under which others refer to it."""
        return f"papers/{self.pk}"
