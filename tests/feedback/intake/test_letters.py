"""A registry of letters comes in whole or not at all, and only once."""

from datetime import date, datetime
from importlib import import_module
from pathlib import Path

import pytest

from sangesan.cli import main
from sangesan.feedback.intake import letters, registries
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.matters.services import forget_old
from sangesan.feedback.speakers.services import read_identity
from sangesan.foundation import clock
from sangesan.foundation.sheets.text import UnreadableFile, open_csv
from tests.builders import small_mine

pytestmark = pytest.mark.django_db
HEAD = "received_at,channel,category,unit,title,text,contact\n"
RIGHT = "2026-11-20 09:30:00,来信,logistics,ZC1,食堂,夜班食堂只有凉馒头,\n"
REAL = next((place for up in Path(__file__).resolve().parents[3:6]
             if (place := up.parent / "shared/data/letters/registry.csv").exists()), None)


@pytest.fixture(autouse=True)
def mine():
    with clock.at(date(2026, 11, 22)):
        yield small_mine()


def read(text, encoding="utf-8"):
    return letters.read(open_csv((HEAD + text).encode(encoding)))


def take(text):
    return registries.take(read(text))


def test_a_letter_becomes_a_matter_of_its_day():
    assert take(RIGHT).new == 1
    matter = Matter.objects.get()
    assert (matter.received_day, matter.channel, matter.unit.code, matter.category, matter.title) == (
        date(2026, 11, 20), "letter", "ZC1", "logistics", "食堂")
    assert (matter.state, matter.history, matter.mode) == ("received", False, "anonymous")
    assert Submission.objects.get().text == "夜班食堂只有凉馒头"


def test_taking_it_in_again_adds_nothing_even_after_the_keys_are_forgotten():
    take(RIGHT)
    forget_old(day=date(2027, 12, 1))
    again = take(RIGHT + RIGHT)
    assert (again.new, again.known, Matter.objects.count()) == (0, 2, 1)


def test_a_registry_kept_by_another_program_is_still_the_same_letters():
    take("2026-11-20,来信,,,热水,\"没有热水\n三天了\",\n")
    kept = HEAD.replace("received_at", "Received_At") + "2026-11-20,来信,,,热水,\"没有热水\n三天了\",\n"
    again = registries.take(letters.read(open_csv(kept.replace("\n", "\r\n").encode("utf-8-sig"))))
    assert (again.new, again.known, Matter.objects.count()) == (0, 1, 1)


def test_two_letters_that_drew_one_number_draw_again(monkeypatch):
    drawn = iter(["AAAAAA", "AAAAAA", "BBBBBB", "CCCCCC"])
    monkeypatch.setattr(import_module("sangesan.feedback.matters.services.hearing"), "crockford", lambda n: next(drawn))
    assert take(RIGHT + RIGHT.replace("凉馒头", "凉稀饭")).new == 2
    assert set(Matter.objects.values_list("number", flat=True)) == {"2026-BBBBBB", "2026-CCCCCC"}


def test_old_letters_are_history_without_clocks():
    done = take("2019-04-25,letter,,,路灯,路灯不亮,\n")
    matter = Matter.objects.get()
    assert (done.history, matter.history, matter.due_at, matter.release_at) == (1, True, None, None)


def test_contact_is_sealed_apart_and_unknown_columns_are_kept():
    csv = open_csv((HEAD.strip() + ",经办人\n2026-11-01,来访,,,热水,没有热水,A0001,老王\n").encode())
    registries.take(letters.read(csv))
    said = Submission.objects.get()
    assert said.extra == {"经办人": "老王"}
    assert read_identity(said.receipt.identity).contact == "A0001"
    assert said.matter.mode == "confidential"


@pytest.mark.parametrize(("row", "reason"), [
    ("昨天,来信,,,a,b,\n", "不是日期"), (",来信,,,a,b,\n", "缺收到时间"), ("2026-02-30,来信,,,a,b,\n", "不是日期"),
    ("2027-01-01,来信,,,a,b,\n", "今天之后"), ("1900-01-01,来信,,,a,b,\n", "太早"),
    ("2026-11-01,飞鸽,,,a,b,\n", "渠道"),
    ("2026-11-01,,,,a,b,\n", "渠道"), ("2026-11-01,discipline,,,a,b,\n", "纪检"),
    ("2026-11-01,来信,天气,,a,b,\n", "类别"),
    ("2026-11-01,来信,,火星,a,b,\n", "单位"), ("2026-11-01,来信,,,a,,\n", "空的"),
    (f"2026-11-01,来信,,,a,{'字' * 10_001},\n", "10001"),
    (f"2026-11-01,来信,,,a,{'x' * 2**20},\n", "1048576"), ("2026-11-01,来信,,,a,b,c,d\n", "格"),
])
def test_a_wrong_row_is_named_with_line_and_reason(row, reason):
    found = read(RIGHT + row)
    assert len(found.right) == 1
    assert [(w.line, reason in w.reason) for w in found.wrong] == [(3, True)], found.wrong


@pytest.mark.parametrize(("said", "moment"), [
    ("2019-04-25 09:32:09", (2019, 4, 25, 9, 32, 9)), ("2019/4/5", (2019, 4, 5, 12)),
    ("2019年4月5日", (2019, 4, 5, 12)),
    ("2019-04-25T09:32", (2019, 4, 25, 9, 32)), ("20240229", (2024, 2, 29, 12)),
    ("2019-04-25T20:32:09Z", (2019, 4, 26, 4, 32, 9)), ("2019-04-25 09:32+0800", (2019, 4, 25, 9, 32)),
    ("2019-04-24 23:30:00-02:00", (2019, 4, 25, 9, 30)),
])
def test_dates_are_read_as_offices_write_them(said, moment):
    assert letters.moment(said) == datetime(*moment, tzinfo=clock.LOCAL)


def test_gb18030_and_chinese_headers_are_accepted():
    text = "收到时间,渠道,标题,内容\n2026-11-01,来电,热水,四点班升井没热水\n"
    assert len(letters.read(open_csv(text.encode("gb18030"))).right) == 1


def test_a_file_without_the_columns_is_refused():
    with pytest.raises(UnreadableFile, match="不能读取"):
        letters.read(open_csv(b"a,b\n1,2\n"))


@pytest.mark.parametrize(("arguments", "code", "count"), [([], 1, 0), (["--right-rows-only"], 1, 1)])
def test_the_command_takes_all_or_nothing_unless_told(tmp_path, capsys, arguments, code, count):
    file = tmp_path / "letters.csv"
    file.write_text(HEAD + RIGHT + "昨天,来信,,,a,b,\n", encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["import-letters", str(file), *arguments])
    assert (left.value.code, Matter.objects.count()) == (code, count)
    assert "第 3 行" in capsys.readouterr().err


def test_the_command_ends_well_or_says_that_it_cannot_read(tmp_path):
    file = tmp_path / "letters.csv"
    file.write_text(HEAD + RIGHT, encoding="utf-8")
    for content, code in ((HEAD + RIGHT, 0), (HEAD + RIGHT, 0), ("a,b\n", 2)):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(SystemExit) as left:
            main(["import-letters", str(file)])
        assert left.value.code == code
    assert Matter.objects.count() == 1


@pytest.mark.skipif(REAL is None, reason="the real letters are not here")
def test_the_real_registry_comes_in_whole_as_history():
    found = letters.read(open_csv(REAL))
    assert found.wrong == []
    done = registries.take(found)
    assert done.new + done.known == 1976
    assert done.new == done.history == Matter.objects.count()
    assert registries.take(letters.read(open_csv(REAL))).new == 0
