"""A marked word of the discipline mailbox is nowhere on the disk (security.md, Cases: unlinkability)."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from sangesan.feedback.sealed.models import SealedMatter
from tests.builders import small_mine
from tests.files import jpeg
from tests.sealing import founded
from tests.security.test_public_doors import kept

MARKS = ("记号甲乙丙丁", "马六记号")


@pytest.mark.chapter("V4")
@pytest.mark.django_db(transaction=True)
def test_a_sealed_word_is_absent_from_database_files_and_log(noon, caplog, capsys):
    founded(small_mine())
    with caplog.at_level(logging.DEBUG):
        answer = Client().post("/discipline/", {
            "key": "k" * 32, "text": MARKS[0], "mode": "named", "name": MARKS[1], "about": "材料员",
            "photos": [_file(jpeg())]}, HTTP_USER_AGENT="MARKAGENT")
    assert answer.status_code == 200 and not answer.cookies and SealedMatter.objects.count() == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for mark in (*MARKS, "MARKAGENT"):
        assert not kept(mark) and mark not in caplog.text + "".join(capsys.readouterr())
        assert not [p for p in settings.DATA.rglob("*") if p.is_file() and mark.encode() in p.read_bytes()], mark
        name = str(connection.settings_dict["NAME"])
        if connection.vendor == "sqlite" and "/" in name:
            with open(name, "rb") as file:
                assert mark.encode() not in file.read()


def _file(data: bytes):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("IMG.jpg", data, "image/jpeg")
