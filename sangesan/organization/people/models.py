"""Tables of people (人员): persons, posts, appointments. No field holds an opinion of a person."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sangesan.method.authority import Role
from sangesan.organization.units.models import Line, Unit

ROLE_NAMES = {
    Role.LEADER: _("矿领导"), Role.SECRETARY: _("党支部书记"), Role.CHIEF: _("单位负责人"),
    Role.CREW_LEADER: _("班组长"), Role.HANDLER: _("承办人"), Role.TRIAGE: _("分办员"),
    Role.CADRE: _("党委工作部干事"), Role.CORRESPONDENT: _("信息员"), Role.DUTY: _("值班领导"),
    Role.DISPATCHER: _("调度员"), Role.CARER: _("关怀员"), Role.DOCTOR: _("医生"),
    Role.INSPECTOR: _("纪检监察员"), Role.UNION: _("工会干部"), Role.YOUTH: _("团干部"),
    Role.ASSESSOR: _("考核员"), Role.PAYROLL: _("工资员"),
    Role.SYSTEM_ADMIN: _("系统管理员"), Role.SECURITY_ADMIN: _("安全管理员"),
    Role.AUDITOR: _("审计管理员"), Role.MEMBER: _("其他岗位"),
}
ROLE_CHOICES = [(role.value, name) for role, name in ROLE_NAMES.items()]


WAITS = 1
"""Nobody has begun yet to look for the name of this person (待查找)."""


class Person(models.Model):
    """A person (人员), known by work number (工号); `initials` are pinyin initials for search.

    While `sought` is not 0, what came in before is still looked through for the name (入册审读中): it waits, or is the
    number of the search. Until then this person reads no matter.
    """

    work_number = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=40)
    initials = models.CharField(max_length=40, blank=True, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    phone = models.CharField(max_length=20, blank=True)
    wecom = models.CharField(max_length=64, blank=True)
    dingtalk = models.CharField(max_length=64, blank=True)
    email = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    sought = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["sought"], condition=~Q(sought=0), name="people_sought")]

    def __str__(self):
        return self.name


class Post(models.Model):
    """A post (岗位): a place in a unit and a line; its role gives the permissions."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.CharField(max_length=16, choices=Line, default=Line.ADMINISTRATION.value)
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    head = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "line"], condition=Q(head=True, until=None), name="people_one_head"
            ),
        ]

    def __str__(self):
        return self.title


class Appointment(models.Model):
    """Who holds a post (任职): full, concurrent or acting; vacancy is the absence of a row."""

    class Kind(models.TextChoices):
        FULL = "full", _("专任")
        CONCURRENT = "concurrent", _("兼任")
        ACTING = "acting", _("代理")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.FULL.value)
    share = models.PositiveIntegerField(default=10_000, help_text=_("万分比"))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="people_appointment_forward"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="full", until=None), name="people_one_main_post"
            ),
            models.UniqueConstraint(fields=["person", "post"], condition=Q(until=None), name="people_once_per_post"),
        ]

    def __str__(self):
        return f"{self.person} {self.post}"

    @property
    def last_day(self) -> date | None:
        """The last day held (任职最后一天), None while no end is set."""
        return self.until - timedelta(days=1) if self.until else None
