"""The account itself (账号)."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from sangesan.organization.people.models import Person


class Accounts(BaseUserManager):
    def opened(self):
        """Accounts whose owner has set a password (已启用)."""
        return self.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def get_by_natural_key(self, work_number):
        return self.get(person__work_number=work_number)


class Account(AbstractBaseUser):
    """An account (账号) of one person; without a usable password until the invitation is taken.

    `epoch` counts the times all sessions were ended. There is no last login: nobody's presence
    is kept (chapter.md V.5).
    """

    last_login = None
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    epoch = models.PositiveIntegerField(default=0)
    password_on = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "person"
    REQUIRED_FIELDS: list[str] = []
    objects = Accounts()

    def __str__(self):
        return self.person.work_number

    @property
    def subject(self) -> str:
        """The address under which the audit log knows this account (主题)."""
        return f"accounts/{self.person_id}"

    def _get_session_auth_hash(self, secret=None):
        """A session ends with the password, the epoch and the account it was opened under."""
        said = f"{self.password}\x00{self.epoch}\x00{self.is_active}"
        return salted_hmac("sangesan.accounts.session", said, secret=secret, algorithm="sha256").hexdigest()
