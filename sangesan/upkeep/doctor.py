"""Check-up (体检): what an administrator should know before it hurts; a page and `sangesan doctor`."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django_q.models import OrmQ

from sangesan.feedback.sealed.queries import keys
from sangesan.foundation import append_only, clock
from sangesan.foundation.jobs import queries as jobs
from sangesan.foundation.sqlite import placing
from sangesan.ledger.facts import queries as facts
from sangesan.organization.calendar.queries import year_of
from sangesan.organization.notices.queries import pushing
from sangesan.procedures import covering, nightly

from . import backup, schema, shelves, vault

GIGABYTE = 1024**3


@dataclass(frozen=True)
class Finding:
    """One line of the check-up (体检结果): `next` says what to do when it is not well."""

    word: str
    well: bool
    said: str
    next: str = ""


def examine() -> list[Finding]:
    """Return every finding (全部结果), in the order of the page."""
    return [Finding(str(word), *look()) for word, look in CHECKS]


def line(*, secure: bool, host: str) -> Finding:
    """Judge the line by which a page was asked for (访问方式): phones need HTTPS to keep reports and to record.

    >>> line(secure=False, host="10.0.0.8:8000").well, line(secure=False, host="127.0.0.1:8000").well
    (False, True)
    """
    if secure:
        return Finding(_("访问方式"), True, "HTTPS")
    if host.rpartition(":")[0] in ("127.0.0.1", "localhost", "[::1]"):
        return Finding(_("访问方式"), True, _("本机访问"))
    return Finding(_("访问方式"), False, _("没有用 HTTPS，手机不能断网上报，也不能录音"),
                   _("请在前面放一台带证书的网页服务器"))


def _database() -> tuple:
    waiting = schema.pending()
    if waiting:
        return False, _("有 %(n)s 项升级没有做") % {"n": len(waiting)}, _("请重新启动系统，它会先备份再升级")
    if connection.vendor != "sqlite":
        return True, "PostgreSQL"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        sound = cursor.fetchone()[0] == "ok"
    if sound and placing.too_large():
        return False, _("SQLite 文件过大，夜间不再打乱存放次序"), _("请改用 PostgreSQL")
    return sound, "SQLite" if sound else _("数据库文件有损坏"), "" if sound else _("请停止系统，用最近的备份恢复")


def _guards() -> tuple:
    gone = append_only.missing()
    if gone:
        return False, _("缺少 %(n)s 个触发器") % {"n": len(gone)}, _("请查清是谁改动了数据库，再重新启动系统")
    return True, _("只能增加，不能修改和删除")


def _seals() -> tuple:
    last = facts.seals().order_by("day").last()  # a day of old that is closed again is sealed last and is no news
    if _demo_under_way():
        return True, _("示范数据正在装入")
    if last is None:
        return True, _("还没有需要封存的条目")
    late = last.day < clock.today() - timedelta(days=2) and facts.total() > 0
    return not late, _("最近封存 %(day)s") % {"day": last.day}, _("请查看后台任务是否在运行") if late else ""


def _closing() -> tuple:
    last = nightly.last_closed()
    if _demo_under_way():
        return True, _("示范数据正在装入")
    if last is None:
        return True, _("还没有结过账")
    late = last < clock.today() - timedelta(days=2)
    return not late, _("最近结账 %(day)s") % {"day": last}, _("请查看后台任务是否在运行") if late else ""


def _demo_under_way() -> bool:
    demo = jobs.of("demo")
    return demo is not None and demo.state == "running"


def _jobs() -> tuple:
    broken = [job.title for job in jobs.running() if job.state == "failed"]
    if broken:
        return False, _("中断：%(names)s") % {"names": "、".join(broken)}, _("请看下面的原因，排除后会自动继续")
    waiting = OrmQ.objects.count()
    return waiting < 100, _("排队 %(n)s 项") % {"n": waiting}, _("请查看后台任务是否在运行") if waiting >= 100 else ""


def _reactions() -> tuple:
    failed = facts.failures().count()
    return not failed, _("搁置 %(n)s 项") % {"n": failed}, _("请把错误告诉维护人员，其他反应不受影响") if failed else ""


def _covers() -> tuple:
    waiting = covering.waiting()
    if not waiting or _demo_under_way():
        return True, _("存下的标题、答复和检索内容都按现在的规则和姓名遮盖")
    return (False, _("还有 %(n)s 件按以前的规则或姓名遮盖") % {"n": waiting},
            _("系统每分钟接着做；一直不减少，请查看后台任务是否在运行"))


def _calendar() -> tuple:
    """Judge the calendar (工作日历): in December the next year's too, as clocks that begin now end there."""
    today = clock.today()
    year = next((one for n in range(1 + (today.month == 12)) if not (one := year_of(today.year + n)).confirmed), None)
    return (year is None, _("%(year)s 年%(state)s") % {
        "year": year.year if year else today.year, "state": _("没有确认") if year else _("已确认")},
        _("请在“组织”里确认 %s 年的工作日历") % year.year if year else "")


def _space() -> tuple:
    free = shutil.disk_usage(settings.DATA).free
    low = free < 2 * GIGABYTE
    return not low, _("剩余 %(n)s GB") % {"n": f"{free / GIGABYTE:.1f}"}, _("请清理磁盘或换大的磁盘") if low else ""


def _backup() -> tuple:
    made = backup.age()
    if made is None:
        return False, _("还没有备份"), _("请运行 sangesan backup，并把文件存到另一台机器")
    said = _("最近备份 %(day)s，%(sealed)s，%(disk)s") % {
        "day": made.date(), "sealed": _("已加密") if vault.place().exists() else _("没有加密"),
        "disk": _("与数据不在同一块盘") if backup.apart() else _("备份目录与数据在同一块盘")}
    if not backup.folder().is_dir():
        return False, said, _("备份目录 %(folder)s 不在，请接上那块盘") % {"folder": backup.folder()}
    if (last := backup.last()) and (missing := shelves.lacking(last)):
        return False, said, _("最近的备份缺少 %(n)s 个照片、录音或文件，请再运行 sangesan backup") % {"n": missing}
    old = clock.wall() - made > timedelta(days=2)
    return not old, said, _("每日备份没有做成。请查看后台任务，或运行 sangesan backup") if old else ""


def _secrets() -> tuple:
    folder = Path(settings.DATA) / "secrets"
    open_to_others = [p for p in [folder, *folder.iterdir()] if stat.S_IMODE(p.stat().st_mode) & 0o077]
    if open_to_others:
        return False, _("密钥文件可以被别的用户读到"), _("请改为只有本系统的用户可读（chmod -R go= secrets）")
    noted = Path(settings.DATA) / "last-keys"
    if not noted.exists():
        return True, _("只有本系统可读；还没有用 sangesan backup --secrets 另存一份")
    kept = datetime.fromisoformat(noted.read_text().strip())
    if max(p.stat().st_mtime for p in folder.iterdir()) > noted.stat().st_mtime:
        return False, _("另存以后又添了密钥"), _("请用 sangesan backup --secrets 再存一份")
    return True, _("只有本系统可读；%(day)s另存过一份") % {"day": kept.date()}


def _mailbox() -> tuple:
    """Judge who can read the discipline mailbox (信箱钥匙): two at least, or the only one takes it along."""
    found = keys.readers()
    if not found.founded:
        return True, _("纪检监察信箱还没有启用")
    said = _("%(n)s 位监察员能读信") % {"n": len(found.names)}
    said += "".join(_("，%(name)s %(day)s 离任") % {"name": name, "day": day} for name, day in found.leaving)
    if found.enough:
        return True, said
    return False, said, (_("请任命监察员，在“信箱钥匙”里生成钥匙，由同事或上级纪委同意") if not found.names else
                         _("请让第二位监察员在“信箱钥匙”里生成钥匙；只有一位时，他一走，来信再没有人能打开"))


CHECKS: tuple[tuple[object, Callable[[], tuple]], ...] = (
    (lazy("数据库"), _database),
    (lazy("台账保护"), _guards),
    (lazy("台账封存"), _seals),
    (lazy("日终结账"), _closing),
    (lazy("后台任务"), _jobs),
    (lazy("事实反应"), _reactions),
    (lazy("个人信息遮盖"), _covers),
    (lazy("工作日历"), _calendar),
    (lazy("推送"), pushing.health),
    (lazy("磁盘空间"), _space),
    (lazy("信箱钥匙"), _mailbox),
    (lazy("备份"), _backup),
    (lazy("密钥文件"), _secrets),
)


@click.command()
def doctor() -> None:
    """检查数据库、台账、后台任务、日历、磁盘、备份和密钥；有一项不好，退出码为 1。"""
    findings = examine()
    for one in findings:
        click.echo(f"{'好' if one.well else '！'}  {one.word}：{one.said}" + (f"。{one.next}" if one.next else ""))
    if not all(one.well for one in findings):
        raise click.exceptions.Exit(1)
