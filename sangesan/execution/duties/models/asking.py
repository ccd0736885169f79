"""Asking for another date (改期申请): whoever has it to do asks with a reason, somebody else agrees or not."""

from django.db import models
from django.db.models import Q

from .duty import Duty


class Asking(models.Model):
    """One application (一次申请); at most one of a duty waits for its answer."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="askings")
    due = models.DateTimeField()
    why = models.CharField(max_length=24)
    words = models.CharField(max_length=300)
    at = models.DateTimeField()
    post = models.CharField(max_length=40)
    person = models.BigIntegerField()
    decided_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["duty"], condition=Q(decided_at=None), name="duties_one_asking")]

    def __str__(self):
        return f"{self.duty_id} {self.due:%Y-%m-%d}"
