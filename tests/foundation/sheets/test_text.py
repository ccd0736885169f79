"""CSV texts (CSV 文本) of any office."""

import pytest

from sangesan.foundation.sheets import text
from sangesan.foundation.sheets.stream import open_stream
from sangesan.foundation.sheets.text import UnreadableFile, open_csv

SAMPLE = '标题,内容\n澡堂水凉,"第一行\n第二行"\n\n路灯不亮,东门\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_three_encodings_give_the_same_rows(encoding):
    csv = open_csv(SAMPLE.encode(encoding))
    assert csv.header == ["标题", "内容"]
    assert list(csv.rows()) == [(2, ["澡堂水凉", "第一行\n第二行"]), (5, ["路灯不亮", "东门"])]


def test_a_nul_is_refused_and_its_line_named():
    with pytest.raises(UnreadableFile, match="第 3 行有空字符"):
        open_csv("标题\n一\n二\0\n".encode())


def test_a_damaged_utf8_file_is_not_read_as_wrong_characters():
    data = ("标题\n" + "职工反映食堂饭菜太凉\n" * 20).encode()
    broken = data[:-4] + b"\xe5" + data[-1:]
    with pytest.raises(UnreadableFile, match="第 21 行有不能识别的字符"):
        open_csv(broken)


def test_bytes_of_no_encoding_are_refused_with_their_line():
    with pytest.raises(UnreadableFile, match="第 2 行"):
        open_csv("标题\n".encode("gb18030") + "食堂".encode("gb18030") + b"\xff\xff\n")


def test_an_open_quote_is_refused_with_its_line():
    csv = open_csv('标题\n"没有收尾\n又一行\n'.encode())
    with pytest.raises(UnreadableFile, match="引号"):
        list(csv.rows())


def test_a_cell_without_end_is_named_as_such(monkeypatch):
    monkeypatch.setattr(text, "MAX_CELL", 20_000)
    csv = open_csv(("标题\n" + "长" * 20_001 + "\n").encode())
    with pytest.raises(UnreadableFile, match="第 2 行有一格超过 2 万字"):
        list(csv.rows())


def test_a_workbook_is_called_one(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"PK\x03\x04 and more")
    for opened in (open_csv, open_stream):
        with pytest.raises(UnreadableFile, match="这是 Excel 工作簿"):
            opened(tmp_path / "a.csv")


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n1,2,3\n", "标题\n".encode("utf-16")])
def test_a_file_without_a_header_or_in_utf16_is_refused(data):
    with pytest.raises(UnreadableFile):
        open_csv(data)


def test_an_absent_file_is_refused_in_plain_words(tmp_path):
    with pytest.raises(UnreadableFile, match="打不开"):
        open_csv(tmp_path / "没有.csv")
