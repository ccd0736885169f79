"""Tables of publication (公布), insert only."""

from django.db import models

from sangesan.appraisal.scoring.models import Run


class Publication(models.Model):
    """That a run was published (公布); from then on all staff may read it."""

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="+")
    published_at = models.DateTimeField()

    def __str__(self):
        return f"{self.run} {self.published_at}"
