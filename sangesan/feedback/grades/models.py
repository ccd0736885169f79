"""Versions of the grading table (分级表的版本). The shipped one stands in the method, not here."""

from django.db import models


class TableVersion(models.Model):
    """A version (版本) as JSON, a draft until an `InForce` row stands beside it; `by` is a person."""

    version = models.CharField(max_length=12, unique=True)
    data = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    by = models.BigIntegerField()
    post = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self):
        return self.version


class InForce(models.Model):
    """From when a version holds (施行), who decided it and when, and the digest of what was decided."""

    table = models.OneToOneField(TableVersion, models.PROTECT, primary_key=True, related_name="in_force")
    since = models.DateField()
    decided_by = models.CharField(max_length=80)
    decided_on = models.DateField()
    by = models.BigIntegerField()
    post = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.table} {self.since}"
