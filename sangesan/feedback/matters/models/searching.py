"""What search has not taken up yet (待建索引). The index itself is no model: `foundation.search`."""

from django.db import models

from sangesan.foundation.keys import RandomKey

from .matter import Matter


class Unindexed(models.Model):
    """A matter changed and the index does not know yet (待建索引): one row for every change.

    Never one row for a matter: a change that finds a row and adds none would be lost to whoever
    has read the matter just before.
    """

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="unindexed")

    def __str__(self):
        return str(self.matter_id)
