"""Photos of a finding and of what was put right (整改照片): voluntary, rebuilt from their pixels.

They stand in the database and not beside it: evidence has to be in every backup. `digest` binds a photo to
the words of the fact it belongs to.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .finding import Finding


class Photo(models.Model):
    """A photo (照片) of what was found, or of what was done about it."""

    class Of(models.TextChoices):
        FOUND = "found", _("查出时")
        DONE = "done", _("整改后")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="photos")
    of = models.CharField(max_length=5, choices=Of)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.digest[:12]
