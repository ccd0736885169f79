"""Invitations and requests (邀请与申请)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .account import Account


class Invitation(models.Model):
    """A one-time invitation (邀请) on a printed slip; only the HMAC of its code is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="invitations")
    code = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(used_at=None, revoked_at=None), name="accounts_one_open_invitation"
            ),
        ]

    def __str__(self):
        return f"{self.account} {self.created_at:%Y-%m-%d}"


class Request(models.Model):
    """A request to the administrators (申请): a forgotten password, or a lost second factor."""

    class Kind(models.TextChoices):
        PASSWORD = "password", _("忘记密码")
        FACTOR = "factor", _("重设第二重验证")

    account = models.ForeignKey(Account, models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=12, choices=Kind)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"], condition=Q(done_at=None), name="accounts_one_open_request"
            ),
        ]

    def __str__(self):
        return f"{self.account} {self.get_kind_display()}"
