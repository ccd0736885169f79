"""The outside letterbox as it really runs: its own process and folder, no database, and letters fetched from inside."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from sangesan.feedback.letterbox import bundles, taking
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.services.nightly import record_speakers
from sangesan.foundation import clock
from sangesan.ledger.facts import proofs
from sangesan.ledger.facts.services import seal
from sangesan.upkeep import letterbox_taking
from tests.builders import small_mine
from tests.faults.test_kill import ROOT, free_port, wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chapter("P2a")]
TEXT = "外委队三个月没发工资标记词"


class Site:
    """A running letterbox (运行中的外部信箱): started once for all tests here, and emptied before each."""

    def __init__(self, folder: Path) -> None:
        self.data, self.absent, self.log = folder / "box", folder / "main", folder / "log"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {"SANGESAN_LETTERBOX": str(self.data), "SANGESAN_DATA": str(self.absent),
                                         "SANGESAN_RATE": "off"}
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        setup = folder / "setup.json"
        setup.write_bytes(taking.setup())
        self.call("letterbox", "--setup", str(setup), "--only-setup")
        self.start()

    def call(self, *words: str, code: int = 0) -> str:
        done = subprocess.run([sys.executable, "-m", "sangesan", *words], cwd=ROOT, env=self.environment,
                              capture_output=True, text=True)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sangesan", "letterbox", "--port", str(self.port)], cwd=ROOT, env=self.environment,
            stdout=open(self.log, "ab"), stderr=subprocess.STDOUT, start_new_session=True)
        wait_for(f"{self.address}/healthz")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(60)

    def empty(self, setup: bytes) -> None:
        """Leave no letter and no answer of the test before (清空), and give it the keys of this one."""
        for left in [*self.data.glob("letters"), *self.data.glob("answers*")]:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        (self.data / "setup.json").write_bytes(setup)
        if self.process.poll() is not None:
            self.start()

    def write(self, text: str = TEXT, headers: dict | None = None, **parts: str) -> str:
        """Fill in the form of the page (填写) and return the answer."""
        page = self.get("/")
        key = re.search(r'name="key" value="([^"]+)"', page)[1]
        body = urllib.parse.urlencode({"key": key, "mode": "anonymous", "text": text} | parts).encode()
        asked = urllib.request.Request(self.address + "/", body, {"Origin": self.address} | (headers or {}))
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert not answer.headers.get_all("Set-Cookie")
            return answer.read().decode()

    def get(self, path: str, **headers: str) -> str:
        asked = urllib.request.Request(self.address + path, headers=headers)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.read().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def running():
    made: list[Site] = []
    yield made
    for one in made:
        if one.process.poll() is None:
            one.kill()


@pytest.fixture
def site(running, tmp_path_factory):
    Site.mine = small_mine()
    if running:
        running[0].empty(taking.setup())
    else:
        running.append(Site(tmp_path_factory.mktemp("outside")))
    return running[0]


def receipt_in(page: str) -> str:
    return re.search(r'class="receipt">([^<]+)<', page)[1]


def take(source: str) -> str:
    done = CliRunner().invoke(letterbox_taking.letterbox_take, [source])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_letters_are_fetched_once_though_the_box_is_killed(site, tmp_path):
    receipts = [receipt_in(site.write(f"{TEXT}{n}")) for n in range(5)]
    site.kill()
    kept = b"".join(path.read_bytes() for path in site.data.rglob("*") if path.is_file()) + site.log.read_bytes()
    assert TEXT.encode() not in kept and not site.absent.exists(), "the outside knows no main data"
    site.start()
    assert "新收 5 件" in take(site.address) and "新收 0 件" in take(site.address)
    assert {queries.heard(code).number for code in receipts} == set(Matter.objects.values_list("number", flat=True))
    assert not list(site.data.rglob("*.sealed"))


def test_a_letter_about_whoever_takes_letters_in_says_so_and_is_kept_from_them(site):
    assert 'name="about_readers"' in site.get("/")
    said = site.write(about_readers="on", mode="named", name="马六")
    assert "移交矿内后他们看不到" in said and "他们看不到" not in site.write("井口结冰", mode="named", name="马六")
    take(site.address)
    assert [one.title for one in queries.visible(Site.mine.scope("triage"))] == ["井口结冰"]


def test_letters_are_handed_in_by_file(site, tmp_path):
    receipt, file = receipt_in(site.write(unit="ZC1", category="pay")), tmp_path / "letters"
    assert "已导出 1 件" in site.call("letterbox-export", str(file))
    assert "新收 1 件" in take(str(file)) and "以前收过 1 件" in take(str(file))
    assert queries.heard(receipt).matter.unit.code == "ZC1"
    assert "已清除 1 件" in site.call("letterbox-export", "--done", str(file))
    assert "已导出 0 件" in site.call("letterbox-export", str(tmp_path / "next"))
    (tmp_path / "cut").write_bytes(file.read_bytes()[:-5])
    assert "不完整" in site.call("letterbox-export", "--done", str(tmp_path / "cut"), code=2)
    assert "没有导出" in site.call("letterbox-export", str(tmp_path / "absent" / "file"), code=2)
    assert "没有导出" in site.call("letterbox-export", str(tmp_path / "next"), code=2)


def ask(site, code: str, **headers: str) -> str:
    """Type a receipt on the page (输回执号) and return the answer."""
    body = urllib.parse.urlencode({"code": code}).encode()
    asked = urllib.request.Request(site.address + "/answer/", body, {"Origin": site.address} | headers)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert not answer.headers.get_all("Set-Cookie") and "no-store" in answer.headers["Cache-Control"]
        return answer.read().decode()


def test_an_answer_goes_out_and_is_read_by_receipt_only(site, tmp_path, settings):
    settings.DEMO = True
    receipt = receipt_in(site.write(text="家属院没有热水", mode="named", name="马六"))
    take(site.address)
    number = Matter.objects.get().number
    services.decline(scope=Site.mine.scope("triage"), number=number, reason="not_ours",
                     told="热水归社区管，电话 12345，已替您转去")
    out = CliRunner().invoke(letterbox_taking.letterbox_answers, [site.address])
    assert "共 1 件" in out.output, out.output
    page = ask(site, receipt)
    assert "电话 12345" in page and number in page and "<script" not in page
    for code, status in (("", 422), (receipt[:-1] + "?", 422), ("龙" * 20, 422), ("A" * 5_000, 422)):
        with pytest.raises(urllib.error.HTTPError) as fault:
            ask(site, code)
        assert fault.value.code == status and "12345" not in fault.value.read().decode()
    with pytest.raises(urllib.error.HTTPError) as fault:
        ask(site, receipt, Origin="https://evil.example")
    assert fault.value.code == 403
    for token in ("", taking.token()[:-1]):
        asked = urllib.request.Request(site.address + "/answers/", b"x", {"Authorization": f"Bearer {token}"})
        with pytest.raises(urllib.error.HTTPError) as fault:
            urllib.request.urlopen(asked, timeout=60)
        assert fault.value.code == 403
    kept = b"".join(path.read_bytes() for path in site.data.rglob("*") if path.is_file()) + site.log.read_bytes()
    for word in ("12345", receipt, number, "马六"):
        assert word.encode() not in kept


def post(site, path: str, said: dict, **headers: str) -> tuple[int, str]:
    asked = urllib.request.Request(site.address + path, urllib.parse.urlencode(said).encode(),
                                   {"Origin": site.address} | headers)
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as fault:
        return fault.code, fault.read().decode()


def test_what_is_said_by_receipt_on_the_page_arrives_with_the_letters(site):
    receipt = receipt_in(site.write(mode="named", name="马六"))
    take(site.address)
    CliRunner().invoke(letterbox_taking.letterbox_answers, [site.address])
    page = ask(site, receipt)
    steps = page.partition('action="/answer/step/"')[2].partition("</form>")[0]
    form = dict(re.findall(r'name="(key|code|step|turn)" value="([^"]+)"', steps))
    said = form | {"text": "还是没有发，标记后话"}
    assert form["step"] == "reply" and post(site, "/answer/step/", said)[0] == 200
    for wrong, status in (({"text": ""}, 422), ({"key": "x"}, 422), ({"code": receipt[:-1] + "?"}, 422),
                          ({"turn": ""}, 422), ({"step": "rate", "rating": "basic"}, 409), ({"step": "close"}, 409),
                          ({"text": "换了"}, 409), ({"text": "啊" * 10_001}, 422)):
        assert post(site, "/answer/step/", said | wrong)[0] == status, wrong
    assert "标记后话</textarea>" in post(site, "/answer/step/", said | {"step": "close"})[1], "words are given back"
    assert post(site, "/answer/step/", said, Origin="https://evil.example")[0] == 403
    assert "补充和复查申请 1 件" in take(site.address)
    assert [one.text for one in Matter.objects.get().messages.filter(kind="reply")] == [said["text"]]
    kept = b"".join(path.read_bytes() for path in site.data.rglob("*") if path.is_file()) + site.log.read_bytes()
    assert "标记后话".encode() not in kept and receipt.encode() not in kept


@pytest.mark.chapter("N6")
def test_whoever_speaks_of_despair_outside_sees_at_once_whom_to_ring(site):
    receipt = receipt_in(site.write())
    take(site.address)
    CliRunner().invoke(letterbox_taking.letterbox_answers, [site.address])
    steps = ask(site, receipt).partition('action="/answer/step/"')[2].partition("</form>")[0]
    form = dict(re.findall(r'name="(key|code|step|turn)" value="([^"]+)"', steps))
    status, page = post(site, "/answer/step/", form | {"text": "撑不下去了，不想活了"})
    assert status == 200 and "12356" in page
    assert "12356" in site.write(text="不想活了，活着没意思") and "12356" not in site.write(text="澡堂水凉")


def test_answers_are_carried_by_file_and_a_spoilt_one_changes_nothing(site, tmp_path):
    receipt = receipt_in(site.write())
    take(site.address)
    file = tmp_path / "answers"
    assert "已写到" in CliRunner().invoke(letterbox_taking.letterbox_answers, [str(file)]).output
    assert "已装入 1 件" in site.call("letterbox-import", str(file))
    (tmp_path / "cut").write_bytes(file.read_bytes()[:-5])
    assert "不完整" in site.call("letterbox-import", str(tmp_path / "cut"), code=2)
    assert Matter.objects.get().number in ask(site, receipt)


def test_the_proof_is_taken_home_from_the_site_with_the_page_that_checks_it(site):
    receipt = receipt_in(site.write())
    take(site.address)
    record_speakers(clock.today())
    assert "证明还没有送到" in (CliRunner().invoke(letterbox_taking.letterbox_answers, [site.address]),
                         post(site, "/answer/proof/", {"code": receipt})[1])[1]
    seal(clock.today())
    CliRunner().invoke(letterbox_taking.letterbox_answers, [site.address])
    page = post(site, "/answer/proof/", {"code": receipt})[1]
    held = proofs.read(post(site, "/answer/proof/", {"code": receipt, "file": "1"})[1])
    assert proofs.problems(held) == [] and held["digest"] in page
    assert post(site, "/answer/proof/", {"code": receipt[:-1] + "?"})[0] == 422
    assert "离线" not in site.get("/") and "<script>" in site.get("/check/")


def test_nobody_else_can_fetch_and_foreign_pages_cannot_write(site):
    site.write()
    for token in ("", "Bearer ", "Bearer x", f"Bearer {taking.token()[:-1]}"):
        with pytest.raises(urllib.error.HTTPError) as fault:
            site.get("/handover/", Authorization=token)
        assert fault.value.code == 403
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        with pytest.raises(urllib.error.HTTPError) as fault:
            site.write(headers=headers)
        assert fault.value.code == 403
    for path in ("/w/", "/api/v1/submissions", "/receipt/", "/letters/"):
        with pytest.raises(urllib.error.HTTPError) as fault:
            site.get(path)
        assert fault.value.code == 404


@pytest.mark.parametrize("wrong", [{"text": " "}, {"mode": "boss"}, {"mode": "named"}, {"key": "short"},
                                   {"text": "啊" * 10_001}, {"unit": "GONE"}, {"text": "断\x07了"},
                                   {"text": "乱\ufffd码"}])
def test_what_is_wrong_is_said_and_nothing_is_kept(site, wrong):
    with pytest.raises(urllib.error.HTTPError) as fault:
        site.write(**{"text": TEXT} | wrong)
    assert fault.value.code == 422 and "Traceback" not in fault.value.read().decode()
    assert not list(site.data.rglob("*.sealed"))


def test_a_file_nobody_asked_for_is_refused_and_never_dropped_without_a_word(site):
    said = {"key": "k" * 24, "mode": "anonymous", "text": TEXT}
    head = "--x\r\nContent-Disposition: form-data; name="
    parts = [f'{head}"{name}"\r\n\r\n{value}\r\n' for name, value in said.items()]
    parts.append(f'{head}"documents"; filename="a.pdf"\r\n\r\n%PDF-1.4\r\n--x--\r\n')
    asked = urllib.request.Request(site.address + "/", "".join(parts).encode(), {
        "Content-Type": "multipart/form-data; boundary=x", "Origin": site.address})
    with pytest.raises(urllib.error.HTTPError) as fault:
        urllib.request.urlopen(asked, timeout=60)
    assert fault.value.code == 422 and "这里不收这样的附件" in fault.value.read().decode()
    assert not list(site.data.rglob("*.sealed"))


def test_the_page_is_light_and_needs_no_script(site):
    page = site.get("/")
    assert "<script" not in page and len(page.encode()) < 15_000 and "险情先打调度电话" in page
    assert 'value="ZC1"' in page and "12333" in page
    assert bundles.read(site.get("/handover/", Authorization=f"Bearer {taking.token()}").encode()) == []
