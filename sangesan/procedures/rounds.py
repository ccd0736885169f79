"""Rounds (巡查): what cannot wait for the night, looked for every minute.

Clocks of grade A run round the clock, anonymous letters come out in batches, reactions follow
facts. Work waits as state, so a lost round loses nothing and a doubled one does nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.services import judging, union
from sangesan.feedback.triage import services as triage
from sangesan.feedback.warning.services import calling, caring
from sangesan.foundation import clock
from sangesan.organization.notices import services as notices

from . import reactions

ROUNDS: tuple[tuple[str, Callable[[], object]], ...] = (
    (_("释放匿名件"), lambda: matters.release_due()),
    (_("审读来件"), lambda: matters.heed_due()),
    (_("工会逾期来件转办"), lambda: union.pass_on_due(day=clock.today())),
    (_("逾期未研判件放开"), lambda: judging.let_read_due(day=clock.today())),
    (_("外委欠薪直送劳资科"), lambda: matters.route_wages()),
    (_("提出分办建议"), lambda: triage.suggest_due()),
    (_("登记超期与升级"), lambda: matters.run_clocks()),
    (_("登记险情未确认"), lambda: calling.record_unconfirmed()),
    (_("叫醒领导"), lambda: calling.wake()),
    (_("建立检索索引"), lambda: matters.index_due()),
    (_("再提醒关怀"), lambda: caring.remind()),
    (_("执行反应"), lambda: reactions.run()),
    (_("集中提醒"), lambda: notices.announce()),
)


def run() -> dict[str, object]:
    """Make one round (巡查一遍); one that fails does not stop the others, all faults are raised at the end."""
    given: dict[str, object] = {}
    faults: list[Exception] = []
    for word, do in ROUNDS:
        try:
            given[word] = do()
        except Exception as fault:
            fault.add_note(str(word))  # a lazy word is no str, and none of the faults would be told
            faults.append(fault)
    if faults:
        raise ExceptionGroup("rounds", faults)
    return given
