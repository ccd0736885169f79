"""Table of the audit log (审计日志): who looked at what, and who changed whose rights."""

from django.db import models

from .events import word


class AuditEntry(models.Model):
    """An entry (审计记录): event, who, about what; append-only for twelve months, then it may go.

    `person` is 0 where nobody was signed in; `name` and the post's `title` are as they were then.
    """

    event = models.CharField(max_length=40)
    at = models.DateTimeField()
    person = models.BigIntegerField(default=0)
    name = models.CharField(max_length=40, blank=True)
    post = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["event", "id"], name="audit_by_event"),
            models.Index(fields=["subject"], name="audit_by_subject"),
        ]

    def __str__(self):
        return f"{self.event} {self.at:%Y-%m-%d}"

    @property
    def word(self) -> str:
        """The event in words (事件名称)."""
        return word(self.event)
