"""What tests of push share (推送测试公用): a gateway on loopback, and nothing configured before or after."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from sangesan.organization.notices import outlets
from sangesan.organization.notices.transports import tokens
from tests.organization.notices.gateways import Gateway, standing


@pytest.fixture(scope="session")
def gateway():
    with standing(Gateway()) as server:
        yield server


@pytest.fixture(autouse=True)
def afresh():
    tokens._kept.clear()
    yield
    (Path(settings.DATA) / "secrets" / outlets.FILE).unlink(missing_ok=True)
