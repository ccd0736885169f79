"""Tables of accounts (账号): how a person proves to be that person; permissions come from posts."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from sangesan.organization.people.models import Person


class Accounts(BaseUserManager):
    def get_by_natural_key(self, work_number):
        return self.get(person__work_number=work_number)


class Account(AbstractBaseUser):
    """An account (账号) of one person; without a usable password until the invitation is taken."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "person"
    REQUIRED_FIELDS: list[str] = []
    objects = Accounts()

    def __str__(self):
        return self.person.work_number
