"""Tables of evidence (佐证): the words that belong to facts, until retention erases them."""

from django.db import models


class Evidence(models.Model):
    """Finished words (佐证): minutes, an answer, a reason; never a speaker's own words.

    `digest` is SHA-256 over salt, kind, day and content, in hexadecimal; the facts they belong to hold it.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=40)
    day = models.DateField()
    salt = models.BinaryField(max_length=32)
    content = models.BinaryField()

    def __str__(self):
        return f"{self.kind} {self.day}"


class Erasure(models.Model):
    """An erasure (佐证清除): opens the door for one piece; `record` is the id of the fact that tells of it."""

    digest = models.CharField(max_length=64, primary_key=True)
    record = models.BigIntegerField()

    def __str__(self):
        return self.digest
