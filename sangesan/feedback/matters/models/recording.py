"""A voice note (录音) that came with a word."""

from django.db import models

from sangesan.foundation.keys import RandomKey

from .speaking import Submission


class Recording(models.Model):
    """A voice note (录音), rebuilt from its samples; `name` is random and tells nothing."""

    id = RandomKey()
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="recordings")
    name = models.CharField(max_length=40, unique=True)
    size = models.PositiveIntegerField()
    seconds = models.PositiveSmallIntegerField()
    ending = ".wav"

    def __str__(self):
        return self.name
