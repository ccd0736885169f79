"""What happened to a duty (经过): done, exempted, cancelled, moved, handed over. Rows are added, changed but once.

The one change is a settlement taken back (撤回), which stays readable and counts no more.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .duty import Duty


class Happening(models.Model):
    """One thing that happened to a duty (一条经过).

    `at` is the moment that counts, `entered_at` when it was written down; `fact` its id in the
    ledger. A move says from which due moment `before` to which `due`.
    """

    class What(models.TextChoices):
        DONE = "done", _("办结")
        EXEMPTED = "exempted", _("免办")
        CANCELLED = "cancelled", _("取消")
        MOVED = "moved", _("改期")
        HANDED = "handed", _("移交")

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="happenings", db_index=False)
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField()
    entered_at = models.DateTimeField()
    before = models.DateTimeField(null=True, blank=True)
    due = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    words = models.CharField(max_length=300, blank=True)
    post = models.CharField(max_length=40)
    person = models.BigIntegerField(default=0)
    fact = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["duty"], name="duties_happened")]
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=Q(what__in=["done", "exempted", "cancelled"], withdrawn_at=None),
                name="duties_settled_once",
            ),
        ]

    def __str__(self):
        return f"{self.duty_id} {self.what}"
