"""Throttles, tokens and feeds (限次、接口令牌、日程订阅)."""

from django.db import models

from .account import Account


class Throttle(models.Model):
    """Failures counted under an HMAC (限次): no address and no number can be read from it."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return self.key[:8]


class ApiToken(models.Model):
    """A token for machines (接口令牌): named, limited to some actions, with an end; kept as HMAC."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=40)
    token = models.CharField(max_length=64, unique=True)
    actions = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.name


class Feed(models.Model):
    """The private address under which another calendar reads one's dates (日程订阅地址); kept as HMAC, one a person."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="feed")
    token = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    def __str__(self):
        return str(self.account)
