"""Tables of handbooks (三册): signed pages that were scanned, and orders of many copies while they are made.

A book itself is no table: it is a view of facts. What stands here is what no fact can hold, a
signature on paper, and work that waits.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sangesan.organization.units.models import Unit


class Scan(models.Model):
    """Signed pages of a book (签字页), added at once: to a section, or with `section` '' to its end.

    A wrong one is withdrawn: its fact is reversed and its pictures go, the row says that it was there.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    book = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=24, blank=True)
    pages = models.PositiveSmallIntegerField()
    fact = models.BigIntegerField(unique=True)
    post = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "book", "year"], name="handbooks_scans")]

    def __str__(self):
        return f"{self.unit_id} {self.book} {self.year} {self.pages}"


class ScanPage(models.Model):
    """One page (一页), rebuilt from its pixels: a plain JPEG."""

    scan = models.ForeignKey(Scan, models.PROTECT, related_name="pictures")
    place = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["scan", "place"]
        constraints = [models.UniqueConstraint(fields=["scan", "place"], name="handbooks_one_page")]

    def __str__(self):
        return f"{self.scan_id} {self.place}"


class Arrival(models.Model):
    """Signed pages on their way into a book (正在整理的签字页): how many files are rebuilt, or why they were refused.

    The files themselves wait in memory; the row goes when the pages stand in the book.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    book = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    person = models.BigIntegerField()
    files = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField(default=0)
    moved_at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "book", "year"], name="handbooks_arrivals")]

    def __str__(self):
        return f"{self.unit_id} {self.book} {self.done}/{self.files}"


class Order(models.Model):
    """An order of many copies (印制单): a whole set, or the folder for an inspection, made in the background.

    It is its person's own: made with what they may read when it is made, and nobody else fetches it.
    """

    class Kind(models.TextChoices):
        SET = "set", _("成套手册")
        WORD = "word", _("成套可改稿")
        INSPECTION = "inspection", _("迎检备料")

    class State(models.TextChoices):
        WAITING = "waiting", _("正在生成")
        DONE = "done", _("已生成")
        FAILED = "failed", _("没有生成")

    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    word = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    person = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING.value)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "state"], name="handbooks_orders")]

    def __str__(self):
        return f"{self.number} {self.word}"


class Piece(models.Model):
    """One piece of an order (一件): a book of a branch, or a sheet of the folder. Whoever makes it claims it first.

    Its bytes wait as a file beside the database until the whole is bound: a fall loses one piece at most.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        MADE = "made", _("已成")
        FAILED = "failed", _("未成")

    order = models.ForeignKey(Order, models.PROTECT, related_name="pieces")
    place = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    what = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING.value)
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["order", "place"]
        constraints = [models.UniqueConstraint(fields=["order", "place"], name="handbooks_one_piece")]
        indexes = [models.Index(fields=["state"], name="handbooks_pieces")]

    def __str__(self):
        return f"{self.order_id} {self.place} {self.what}"
