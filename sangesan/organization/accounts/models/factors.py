"""Second factors and trusted devices (第二重验证与可信设备)."""

from django.db import models
from django.db.models import Q

from .account import Account


class Authenticator(models.Model):
    """A code generator on the phone (动态口令): the secret is sealed, each code counts once."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="authenticator")
    secret = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self):
        return str(self.account)


class RecoveryCode(models.Model):
    """A printed recovery code (备用码): used once, kept as HMAC."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    code = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "code"], name="accounts_code_once")]

    def __str__(self):
        return str(self.account)


class Passkey(models.Model):
    """A passkey (通行密钥): its public half."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="passkeys")
    credential = models.BinaryField(max_length=1024, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    def __str__(self):
        return self.name


class Device(models.Model):
    """A device an account has signed in from (设备); trusted for quick entry once a PIN is set.

    The cookie holds a random token that several people of one shared computer may have in
    common; the row holds its HMAC. `used_on` is a day, seen by the owner only.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="devices")
    token = models.CharField(max_length=64)
    name = models.CharField(max_length=60)
    pin = models.CharField(max_length=128, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    used_on = models.DateField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "token"], condition=Q(revoked_at=None), name="accounts_device_once"
            ),
        ]

    def __str__(self):
        return self.name
