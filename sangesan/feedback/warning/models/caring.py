"""Care (关怀): what despair left the grades for. Contacts are facts: when, how, reached; no word about a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sangesan.feedback.matters.models import Matter
from sangesan.foundation.keys import RandomKey
from sangesan.organization.units.models import Unit


class Care(models.Model):
    """A matter in care (关怀件); `was` is the kind it came in with, should it go back."""

    class State(models.TextChoices):
        OPEN = "open", _("待联系")
        CONTACTED = "contacted", _("已联系")
        OVER = "over", _("已结束")
        BACK = "back", _("已转回")

    id = RandomKey()
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="+")
    mine = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    was = models.CharField(max_length=16)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN.value)
    reminded = models.DateField(null=True, blank=True)

    def __str__(self):
        return f"{self.day} {self.state}"


class Contact(models.Model):
    """A contact (联系记录) as a fact: which way, reached or not, by which post. There is no field for words."""

    class Way(models.TextChoices):
        PHONE = "phone", _("电话")
        FACE = "face", _("见面")
        REPLY = "reply", _("凭回执留言")
        DOCTOR = "doctor", _("陪同就医")
        FAMILY = "family", _("本人同意后联系家人")

    id = RandomKey()
    care = models.ForeignKey(Care, models.CASCADE, related_name="contacts")
    way = models.CharField(max_length=10, choices=Way)
    reached = models.BooleanField()
    at = models.DateTimeField()
    post = models.CharField(max_length=40)
    person = models.BigIntegerField()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"{self.way} {self.at:%F}"
