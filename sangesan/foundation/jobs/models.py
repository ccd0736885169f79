"""Tables of jobs (后台任务)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Progress(models.Model):
    """How far a piece of background work has come (进度); one row per name, pages show it."""

    class State(models.TextChoices):
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("已中断")

    name = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=80)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING.value)
    updated_at = models.DateTimeField()

    def __str__(self):
        return f"{self.title} {self.done}/{self.total}"

    @property
    def percent(self) -> int:
        """Whole per cent done (百分比)."""
        return min(100, self.done * 100 // self.total) if self.total else 0
