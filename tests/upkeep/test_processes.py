"""Child processes (子进程看护): started again, given up, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sangesan.upkeep.processes import TIRED

ROOT = Path(__file__).resolve().parents[2]
KEEPER = """
import sys
from sangesan.upkeep.processes import Child, keep
sys.exit(keep([{children}], print, started=lambda: print("started", flush=True)))
"""
SLEEPER = 'Child("s", [sys.executable, "-c", "import os,time; print(os.getpid(), flush=True); time.sleep(60)"])'


def keeper(*children: str) -> subprocess.Popen:
    code = KEEPER.format(children=", ".join(children))
    return subprocess.Popen([sys.executable, "-u", "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen, wanted: int) -> list[str]:
    return [process.stdout.readline().strip() for _ in range(wanted)]


def gone(pid: int) -> bool:
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_children_in_good_order(number):
    process = keeper(SLEEPER)
    child = int(next(line for line in said(process, 2) if line.isdigit()))
    process.send_signal(number)
    assert process.wait(60) == 0 and gone(child)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise is Linux's own")
def test_children_die_with_a_parent_that_was_killed():
    process = keeper(SLEEPER)
    child = int(next(line for line in said(process, 2) if line.isdigit()))
    process.kill()
    process.wait(60)
    assert gone(child)


def test_a_child_that_keeps_falling_ends_everything():
    process = keeper('Child("f", [sys.executable, "-c", "import sys; sys.exit(3)"])', SLEEPER)
    assert process.wait(60) == 1
    assert process.stdout.read().count("正在重新启动") == TIRED - 1


def test_a_child_that_runs_once_may_end():
    process = keeper('Child("o", [sys.executable, "-c", "pass"], once=True)', SLEEPER)
    said(process, 2)
    time.sleep(1)
    assert process.poll() is None
    process.terminate()
    assert process.wait(60) == 0
