"""A visit (联系记录) and the steps taken after it (五个环节). Rows are added, never changed but once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sangesan.method.contacts import Step

from .pair import Pair

STEPS = [(Step.CONTACT.value, _("联系")), (Step.REGISTER.value, _("登记")), (Step.REPORT.value, _("上报")),
         (Step.SETTLE.value, _("落实")), (Step.FEED_BACK.value, _("反馈"))]


class Visit(models.Model):
    """A visit (联系记录) on a day: what was found, or that nothing was.

    `path` and `office_path` are the unit paths as they were; `key` is the digest of the form's token,
    so that a form sent twice is one visit.
    """

    class Form(models.TextChoices):
        TALK = "talk", _("座谈")
        PRE_SHIFT = "pre_shift", _("班前会")
        SITE = "site", _("现场")
        DORMITORY = "dormitory", _("宿舍食堂")

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="visits")
    day = models.DateField()
    form = models.CharField(max_length=12, choices=Form)
    heard = models.PositiveSmallIntegerField(default=0)
    found = models.BooleanField()
    text = models.CharField(max_length=1000, blank=True)
    entered_at = models.DateTimeField()
    post = models.CharField(max_length=60)
    person = models.BigIntegerField()
    path = models.CharField(max_length=200)
    office_path = models.CharField(max_length=200)
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["pair", "day"], name="contacts_of_pair")]

    def __str__(self):
        return f"{self.pair_id} {self.day}"

    @property
    def subject(self) -> str:
        """The address (地址) under which facts, duties and notices know it."""
        return f"visits/{self.pk}"


class Taken(models.Model):
    """A step that was taken (已办环节): when, by whom, its words as evidence, what it led to.

    One whose ground fell (a duty taken back) stays readable and counts no more.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=STEPS)
    at = models.DateTimeField()
    post = models.CharField(max_length=60, blank=True)
    person = models.BigIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=80, blank=True, db_index=True)
    fact = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "step"], condition=Q(withdrawn_at=None),
                                    name="contacts_step_once"),
        ]

    def __str__(self):
        return f"{self.visit_id} {self.step}"
