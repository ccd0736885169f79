"""Table of what was sent (已收表单), by digest: neither who sent it nor what it said can be read from it."""

from django.db import models


class Sent(models.Model):
    """A form that was taken in (已收表单).

    `key` is the digest of its random token, its address and its words. The token is nowhere else, so nobody finds a
    row by guessing the words. `stood` is the digest of its token and of how it left what it was about, '' where that
    is not asked; it is as little guessed.
    """

    key = models.CharField(max_length=64, primary_key=True)
    stood = models.CharField(max_length=64, blank=True, default="")
    day = models.DateField(db_index=True)

    def __str__(self):
        return f"{self.day:%F}"
