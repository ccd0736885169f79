"""`sangesan import-org` (命令行导入)."""

import pytest
from click.testing import CliRunner

from sangesan.foundation.sheets.text import UnreadableFile
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit
from sangesan.upkeep.import_org import import_org
from tests.organization.roster.workbooks import PEOPLE, workbook

pytestmark = pytest.mark.django_db


def run(tmp_path, data, *options):
    file = tmp_path / "组织.xlsx"
    file.write_bytes(data)
    return CliRunner().invoke(import_org, [str(file), *options])


def test_right_workbooks_end_with_0(tmp_path):
    done = run(tmp_path, workbook())
    assert done.exit_code == 0, done.output
    assert "人员：新增 3，变更 0，不变 0，错误 0" in done.output
    assert Person.objects.count() == 3


def test_a_wrong_row_ends_with_1_takes_nothing_and_gives_the_workbook_back(tmp_path):
    wrong = workbook(人员=[*PEOPLE, ["1001", "又一个", "ZC1", "", ""]])
    done = run(tmp_path, wrong, "--errors", str(tmp_path / "错误.xlsx"))
    assert done.exit_code == 1
    assert "人员 第 5 行：工号“1001”在第 2 行已经出现" in done.output
    assert not Unit.objects.exists()
    assert (tmp_path / "错误.xlsx").read_bytes().startswith(b"PK")


def test_right_rows_only_takes_the_others_and_still_ends_with_1(tmp_path):
    done = run(tmp_path, workbook(人员=[*PEOPLE, ["1001", "又一个", "ZC1", "", ""]]), "--right-rows-only")
    assert done.exit_code == 1
    assert Person.objects.count() == 3


def test_what_is_no_workbook_is_a_fault_of_the_user(tmp_path):
    done = run(tmp_path, b"PK no zip")
    assert isinstance(done.exception, UnreadableFile)


def test_the_template_is_written(tmp_path):
    done = CliRunner().invoke(import_org, ["--template", str(tmp_path / "模板.xlsx")])
    assert done.exit_code == 0
    assert (tmp_path / "模板.xlsx").exists()
