"""All secrets are there from the first start (备齐密钥): no file tells when something was used for the first time."""

from __future__ import annotations

import ast
import json
from base64 import b64encode
from pathlib import Path

from click.testing import CliRunner

from sangesan.feedback.letterbox import box
from sangesan.foundation import hpke
from sangesan.upkeep import keyring
from sangesan.upkeep.letterbox import letterbox

ROOT = Path(keyring.__file__).parents[1]
ASKING = {
    "codes": {"key", "private", "derived", "tag"},
    "sealing": {"digest", "seal"},
    "": {"digest", "tag"},
    "secrets": {"key", "text"},
}


def used() -> set[str]:
    """Return the names under which secrets are asked for anywhere (用到的密钥名)."""
    found = {"discipline-pepper", "receipt"}  # named by a constant, and by the module of codes itself
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _asks(node.func):
                found |= {
                    one.value
                    for one in node.args[:2]
                    if isinstance(one, ast.Constant) and one.value and isinstance(one.value, str)
                }
    return found


def _asks(func: ast.expr) -> bool:
    of, name = (
        (func.value.id, func.attr)
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)
        else ("", getattr(func, "id", ""))
    )
    return name in ASKING.get(of, ())


def test_every_secret_that_is_ever_asked_for_is_laid_at_the_first_start(settings, tmp_path):
    settings.DATA = tmp_path
    outside = {"letter", "letter-body"}  # of the letterbox, in a folder of its own
    assert used() - outside == {*keyring.NAMES, *keyring.TURNING}
    keyring.lay()
    there = {path.name: path.stat().st_mtime for path in (tmp_path / "secrets").iterdir()}
    assert there.keys() == {*keyring.NAMES, *(f"{name}-1" for name in keyring.TURNING)}
    keyring.lay()
    assert there == {path.name: path.stat().st_mtime for path in (tmp_path / "secrets").iterdir()}, "laid once"


def test_what_the_first_letter_outside_needs_is_laid_before_it_and_tells_not_when_it_came(settings, tmp_path):
    settings.DATA, given = tmp_path / "outside", tmp_path / "setup"
    settings.DATA.mkdir()
    public = b64encode(hpke.generate()[1]).decode()
    given.write_text(json.dumps({"name": "青石岭矿", "key": 1, "public": public, "places": [], "token": "t"}))
    done = CliRunner().invoke(letterbox, ["--setup", str(given), "--only-setup"])
    before = set(settings.DATA.rglob("*"))
    assert done.exit_code == 0 and settings.DATA / "letters" in before
    box.drop(key="k" * 24, words={"text": "外委队三个月没发工资"})
    assert [path.suffix for path in set(settings.DATA.rglob("*")) - before] == [".sealed"]
