"""`sangesan train-triage` and `sangesan triage` (分办命令), as whoever reads the help would use them."""

from __future__ import annotations

import csv
import io
import os
import random
import resource

import pytest

from sangesan import cli
from tests.method.triage.test_model import letters


def call(*arguments) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main([str(a) for a in arguments])
    return end.value.code


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A model trained on words that were already cut (已分词)."""
    folder = tmp_path_factory.mktemp("model")
    source = folder / "labelled.csv"
    with source.open("w", newline="") as file:
        csv.writer(file).writerows([["tokens", "category"], *([x.said.text, x.category] for x in letters())])
    assert call("train-triage", "--input", source, "--model", folder / "m") == 0
    return folder / "m"


def read(path) -> list[dict]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_training_tells_how_good_the_model_is(tmp_path, capsys):
    source = tmp_path / "in.csv"
    rows = "".join(f'"{x.said.text.replace(" ", "")}",第{n}封,{x.category}\n' for n, x in enumerate(letters()))
    source.write_text("text,title,category\n" + rows, encoding="gb18030")
    assert call("train-triage", "--input", source, "--model", tmp_path / "m") == 0
    said = capsys.readouterr().out
    assert "3 类。240 封来信" in said and "macro-F1" in said and "校准误差" in said and "MB" in said
    assert (tmp_path / "m").stat().st_size < 10_000_000


def test_columns_and_rows_keep_their_order_and_four_are_added(tmp_path, model):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text('no,title,text,note\n1,食堂,"馒头凉\n没热水，宿舍也没有",=1+1\n2,,😀,b\n'
                      '3,工资,奖金拖欠没公示,\n', "utf-8")
    assert call("triage", "--model", model, "--input", source, "--output", target) == 0
    assert target.read_text("utf-8").splitlines()[0] == "no,title,text,note,category,probability,second,abstained"
    rows = read(target)
    assert [r["no"] for r in rows] == ["1", "2", "3"]
    assert [rows[0]["text"], rows[0]["note"]] == ["馒头凉\n没热水，宿舍也没有", "=1+1"]
    assert [r["category"] for r in (rows[0], rows[2])] == ["后勤", "报酬"]
    assert [r["abstained"] for r in rows] == ["0", "1", "0"]
    assert all(0 <= float(r["probability"]) <= 1 and r["second"] != r["category"] for r in rows)


def test_a_category_that_was_there_is_kept_under_another_name(tmp_path, model):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("category,tokens\n不知道,食堂 馒头 澡堂\n", "utf-8")
    assert call("triage", "--model", model, "--input", source, "--output", target) == 0
    row = read(target)[0]
    assert (row["category_given"], row["category"]) == ("不知道", "后勤")
    source.write_text("category,category_given,tokens\n不知道,以前的,食堂 馒头 澡堂\n", "utf-8")
    assert call("triage", "--model", model, "--input", source, "--output", target) == 0
    assert target.read_text("utf-8").splitlines()[0].startswith("category_given_given,category_given,tokens,category,")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_three_encodings_are_read(tmp_path, model, encoding):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("标题,内容\n食堂,馒头凉澡堂没热水\n", encoding)
    assert call("triage", "--model", model, "--input", source, "--output", target) == 0
    assert read(target)[0]["category"] == "后勤"


def test_wrong_rows_are_named_and_the_others_done(tmp_path, model, capsys):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text('title,text\n食堂,馒头凉\n,\n" ",""\n工资,奖金没发,多一格\n澡堂,热水没有\n', "utf-8")
    assert call("triage", "--model", model, "--input", source, "--output", target) == 1
    err = capsys.readouterr().err
    assert "第 3 行：没有正文" in err and "第 4 行：没有正文" in err and "有 3 行有错" in err
    assert "第 5 行：这一行有 3 格，列名只有 2 个" in err
    rows = read(target)
    told = [(r["title"].strip(), r["category"], r["abstained"]) for r in rows]
    assert told == [("食堂", "后勤", "0"), ("", "", "1"), ("", "", "1"), ("工资", "", "1"), ("澡堂", "后勤", "0")]
    assert rows[3][None] == ["多一格"], "nothing of the row is lost"


def test_of_one_column_an_empty_line_is_a_row_that_is_named(tmp_path, model, capsys):
    """It was dropped without a word: what came out no longer stood beside what went in."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text('text\n食堂馒头凉\n\n""\n澡堂热水没有\n', "utf-8")
    assert call("triage", "--model", model, "--input", source, "--output", target) == 1
    err = capsys.readouterr().err
    assert "第 3 行：没有正文" in err and "第 4 行：没有正文" in err and "有 2 行有错" in err
    assert [(r["text"], r["category"]) for r in read(target)] == [
        ("食堂馒头凉", "后勤"), ("", ""), ("", ""), ("澡堂热水没有", "后勤")]
    source.write_text("title,text\n食堂,馒头凉\n\n", "utf-8")
    assert call("triage", "--model", model, "--input", source, "--output", target) == 0


def test_wrong_rows_of_a_training_file_are_named_and_left_out(tmp_path, capsys):
    source = tmp_path / "in.csv"
    rows = "".join(f"{x.said.text},{x.category}\n" for x in letters())
    source.write_text("tokens,category\n食堂,\n,后勤\n" + rows, "utf-8")
    assert call("train-triage", "--input", source, "--model", tmp_path / "m") == 1
    told = capsys.readouterr()
    assert "第 2 行：没有类别" in told.err and "第 3 行：没有正文" in told.err and "240 封" in told.out
    assert (tmp_path / "m").exists()


@pytest.mark.parametrize(("content", "why"), [
    (b"", "没有列名"), (b"title,number\na,1\n", "没有 text 列"), (b"text,text\na,b\n", "出现两次"),
    ("text\n食堂\n".encode("utf-16"), "UTF-16"), (b"text\nab\0c\n", "第 2 行有空字符"),
    (b'text\n"open\n', "引号"), ("text\n食堂\n".encode("gb18030") + b"\xff\xff\n", "不能识别"),
    (("text\n" + "食堂太凉\n" * 50).encode()[:-3] + b"\xe5\n", "第 51 行有不能识别"),
])
def test_an_unreadable_file_ends_with_two_and_leaves_no_result(tmp_path, model, capsys, content, why):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)
    assert call("triage", "--model", model, "--input", source, "--output", target) == 2
    err = capsys.readouterr().err
    assert why in err and err.count("\n") == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv"]


def test_files_that_cannot_be_used_end_with_two(tmp_path, model, capsys):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("text\n食堂\n", "utf-8")
    (tmp_path / "bad").write_bytes(model.read_bytes()[:-40])
    cases = [
        ("triage", "--model", tmp_path / "bad", "--input", source, "--output", target),
        ("triage", "--model", source, "--input", source, "--output", target),
        ("triage", "--model", tmp_path / "no", "--input", source, "--output", target),
        ("triage", "--model", model, "--input", tmp_path / "no", "--output", target),
        ("triage", "--model", model, "--input", source, "--output", source),
        ("triage", "--model", model, "--input", source, "--output", tmp_path / "no" / "out.csv"),
        ("triage", "--model", model, "--input", source),
        ("train-triage", "--input", source, "--model", tmp_path / "m"),
        ("train-triage", "--input", source, "--model", tmp_path / "m", "--accuracy", "2"),
    ]
    for arguments in cases:
        assert call(*arguments) == 2, arguments
        assert capsys.readouterr().err.count("\n") == 1
    assert source.read_text("utf-8") == "text\n食堂\n" and not target.exists()


def test_where_no_model_can_be_written_nothing_is_trained(tmp_path, capsys, monkeypatch):
    from sangesan.method.triage import training

    monkeypatch.setattr(training, "train", lambda *_args, **_more: pytest.fail("trained for nothing"))
    source = tmp_path / "in.csv"
    source.write_text("text,category\n" + "".join(f"{x.said.text},{x.category}\n" for x in letters()), "utf-8")
    assert call("train-triage", "--input", source, "--model", tmp_path / "no" / "m") == 2
    assert "写不了" in capsys.readouterr().err


def test_nothing_that_is_read_and_no_device_is_written_over(tmp_path, model, capsys):
    source, device = tmp_path / "in.csv", tmp_path / "pipe"
    source.write_text("text,category\n" + "".join(f"{x.said.text},{x.category}\n" for x in letters()), "utf-8")
    os.mkfifo(device)
    (tmp_path / "link").symlink_to(source)
    before = source.read_bytes(), model.read_bytes()
    for target in (source, tmp_path / "link", device):
        assert call("train-triage", "--input", source, "--model", target) == 2
        assert "没有训练" in capsys.readouterr().err
    for target in (source, tmp_path / "link", device, model):
        assert call("triage", "--model", model, "--input", source, "--output", target) == 2
        assert "没有开始" in capsys.readouterr().err
    assert before == (source.read_bytes(), model.read_bytes()) and device.is_fifo()


def test_wrong_rows_are_named_also_when_there_is_nothing_left_to_train_from(tmp_path, capsys):
    source = tmp_path / "in.csv"
    source.write_text("text,category\n" + "食堂凉了,\n" * 3 + f"食堂凉了,{'后' * 81}\n", "utf-8")
    assert call("train-triage", "--input", source, "--model", tmp_path / "m") == 2
    err = capsys.readouterr().err
    assert "第 2 行：没有类别" in err and "第 5 行：类别有 81 个字" in err and "没有训练" in err


def test_near_copies_make_no_model_better_than_it_is(tmp_path, capsys):
    """In a file without groups each letter stands three times, a little changed; the letters tell nothing."""
    source = tmp_path / "in.csv"
    talk = random.Random(3)
    said = ["".join(chr(0x4E00 + talk.randrange(900)) for _ in range(60)) for _ in range(60)]
    rows = [f"{text}{again},{'甲乙'[place % 2]}\n" for again in ("", "请领导重视", "第二次反映")
            for place, text in enumerate(said)]
    source.write_text("text,category\n" + "".join(rows), "utf-8")
    assert call("train-triage", "--input", source, "--model", tmp_path / "m") == 0
    told = capsys.readouterr()
    assert float(told.out.split("准确率 ")[1][:5]) < 0.8
    assert "一律不作建议" in told.out and "只供参考" in told.err and "--accuracy" in told.err  # and what to do


def test_copies_of_one_letter_are_one_and_no_category_of_their_own(tmp_path, capsys):
    source = tmp_path / "in.csv"
    source.write_text("text,category\n" + "食堂凉了,后勤\n工资少了,报酬\n" * 30, "utf-8")
    assert call("train-triage", "--input", source, "--model", tmp_path / "m") == 2
    assert "相同的算一封" in capsys.readouterr().err and not (tmp_path / "m").exists()
    rows = "".join(f"{x.said.text},{x.category}\n" for x in letters())
    source.write_text("tokens,category\n" + "重复 一封,重复\n" * 30 + rows, "utf-8")
    assert call("train-triage", "--input", source, "--model", tmp_path / "m") == 0
    assert "3 类。240 封来信" in capsys.readouterr().out


@pytest.mark.django_db
def test_training_from_here_says_when_the_model_is_good_for_nothing(capsys, monkeypatch):
    from sangesan.feedback.triage import services
    from sangesan.method.triage.quality import Quality

    for coverage, version, code, said in [(0.6, "v1", 0, "对其中 60.0% 作建议"), (0.0, "v2", 1, "但一律不作建议"),
                                          (0.0, "", 1, "没有启用")]:
        made = Quality(221, 0.475, 0.4, 0.6, 0.17, coverage, 1.0), version
        monkeypatch.setattr(services, "train_own", lambda wanted, made=made: made)
        assert call("train-triage") == code
        assert said in "".join(capsys.readouterr())


def test_a_training_file_of_one_category_is_refused(tmp_path, capsys):
    source = tmp_path / "in.csv"
    source.write_text("text,category\n" + "食堂凉了,后勤\n" * 30, "utf-8")
    assert call("train-triage", "--input", source, "--model", tmp_path / "m") == 2
    told = capsys.readouterr().err
    assert "有 30 封，但是只有一个类别" in told and not (tmp_path / "m").exists()


@pytest.mark.parametrize(("rows", "said"), [
    (["食堂凉了,后勤"], "只有 1 封"),
    ([f"食堂凉了第{n}次,后勤" for n in range(168)], "有 168 封，但是只有一个类别"),
    ([*(f"{x.said.text},后勤" for x in letters() if x.category == "后勤"), "工资没发,工资"], "不全相同的类别只有 1 个"),
    (["食堂凉,后勤", "食堂热,后勤", "工资少,工资", "工资多,工资"] * 8, "互不相同的来信只有 4 封"),
])
def test_a_training_file_that_is_too_small_is_told_what_it_lacks(tmp_path, capsys, rows, said):
    source = tmp_path / "in.csv"
    source.write_text("text,category\n" + "\n".join(rows) + "\n", "utf-8")
    assert call("train-triage", "--input", source, "--model", tmp_path / "m") == 2
    told = capsys.readouterr().err
    assert said in told and "或者只有" not in told


def test_a_long_file_takes_no_more_memory_than_a_short_one(tmp_path, model):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8") as file:
        file.write("text\n" + "食堂的馒头是凉的，澡堂没有热水\n" * 20_000)
    call("triage", "--model", model, "--input", source, "--output", target)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with source.open("a", encoding="utf-8") as file:
        file.write("食堂的馒头是凉的，澡堂没有热水\n" * 20_000)
    call("triage", "--model", model, "--input", source, "--output", target)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8_000  # kB
    assert sum(1 for _ in target.open()) == 40_001
