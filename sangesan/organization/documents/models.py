"""Tables of documents (公文): who issues, the numbers, the Word templates, and what was issued."""

from django.db import models
from django.db.models import Q

from sangesan.foundation.keys import RandomKey
from sangesan.organization.units.models import Unit

APART = 10_000
"""Numbers above this stand outside the run (序列外编号), in five figures."""


class Issuer(models.Model):
    """Who issues documents (发文机关): `letters` are its 机关代字, `contact` stands in the note."""

    name = models.CharField(max_length=60, unique=True)
    letters = models.CharField(max_length=20, unique=True)
    contact = models.CharField(max_length=80, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    def __str__(self):
        return self.name


class Series(models.Model):
    """The numbers of one issuer in one year (文号序列); `last` was given out, and none is left out.

    What some readers of the register are kept from has a number above `APART` instead.
    """

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "year"], name="documents_one_series")]

    def __str__(self):
        return f"{self.issuer} {self.year} {self.last}"


class Template(models.Model):
    """A Word template of the enterprise (Word 模板), one version of one kind: draft, in_force or retired."""

    kind = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default="draft")
    content = models.BinaryField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.BigIntegerField()
    in_force_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="documents_one_version"),
            models.UniqueConstraint(fields=["kind"], condition=Q(state="in_force"), name="documents_one_in_force"),
        ]

    def __str__(self):
        return f"{self.kind} {self.version}"


class Form(models.Model):
    """A form of the company above (上级报表模板): Word or Excel, with names in braces that the house fills in.

    What was uploaded never changes; a new one of the same name takes its place, and the old one is retired.
    """

    name = models.CharField(max_length=120)
    ending = models.CharField(max_length=4)
    content = models.BinaryField()
    fields = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.BigIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], condition=Q(retired_at=None),
                                               name="documents_one_form")]

    def __str__(self):
        return self.name


class Document(models.Model):
    """An issued document (公文): its words are evidence of the fact `document.issued`, found by their digest.

    Append-only. `subject` is whose door opens it. A correction is a new document that `replaces` it. Its key stands in
    addresses, so it tells neither order nor how many there are.
    """

    id = RandomKey()
    subject = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=20)
    to_speaker = models.BooleanField(default=False)
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40, unique=True)
    template = models.ForeignKey(Template, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=64)
    fact = models.BigIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField()
    post = models.CharField(max_length=40, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replacement")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "serial"], name="documents_one_number"),
        ]

    def __str__(self):
        return f"{self.number} {self.name}"
