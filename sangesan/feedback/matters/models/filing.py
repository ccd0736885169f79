"""A file (附件) that staff handed in with a step: a decision from above, a signed paper, a photo of the work."""

from django.db import models

from sangesan.foundation.keys import RandomKey

from .matter import Matter


class StepFile(models.Model):
    """A file of a step (办理附件), rebuilt from what can be seen in it; `name` is random and tells nothing.

    `kind` is its ending: jpg, pdf or docx. `post` and `person` took the step `action`. `shut` are the inspectors
    whom it names (附件点到的监察员): they get no key where the matter turns out to be an accusation.
    """

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="step_files")
    action = models.CharField(max_length=20)
    name = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    post = models.CharField(max_length=40, blank=True)
    person = models.BigIntegerField(default=0)
    shut = models.JSONField(default=list, blank=True)

    def __str__(self):
        return self.name

    @property
    def ending(self) -> str:
        return f".{self.kind}"

    @property
    def drawn(self) -> bool:
        """Whether a browser may show it (图片): pixels and nothing else."""
        return self.kind == "jpg"
