"""An assessor with a draft from the library (考核员和草案): what the tests of the rules' pages begin with."""

import pytest
from django.test import Client

from sangesan.organization.accounts.models import Account
from tests.builders import small_mine


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def client_of(mine):
    def client(post):
        one = Client()
        one.force_login(Account.objects.get_or_create(person=mine.persons[post])[0])
        return one
    return client


@pytest.fixture
def assessor(client_of):
    one = client_of("assessor")
    one.post("/w/rules/begin/")
    return one
