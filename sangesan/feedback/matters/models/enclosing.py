"""A document (文件) that came with a word."""

from django.db import models

from sangesan.foundation.keys import RandomKey

from .speaking import Submission


class Enclosure(models.Model):
    """A document (附件文件), rebuilt from what can be seen in it; `name` is random and tells nothing."""

    id = RandomKey()
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="enclosures")
    name = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=0)

    def __str__(self):
        return self.name

    @property
    def ending(self) -> str:
        return f".{self.kind}"
