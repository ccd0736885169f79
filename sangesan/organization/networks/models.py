"""Tables of the networks (联络网): the five, their nodes, what passed between them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit

CHOSEN = [("elected", _("班组推选")), ("nominated", _("支部推荐")), ("office", _("岗位兼任"))]


class Network(models.Model):
    """One of the five networks (联络网): its role, its functions, which kinds of units need a node."""

    slug = models.SlugField(max_length=16, unique=True)
    name = models.CharField(max_length=40)
    role = models.CharField(max_length=200)
    functions = models.TextField(max_length=1000)
    kinds = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name


class Node(models.Model):
    """A node (联络员): a post that stands for a unit in a network, from when to when; never a person."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="nodes")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    chosen = models.CharField(max_length=12, choices=CHOSEN)
    chosen_on = models.DateField()
    posted_on = models.DateField(null=True, blank=True)
    term_ends = models.DateField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="networks_node_forward"),
            models.UniqueConstraint(fields=["network", "post", "unit"], condition=Q(until=None),
                                    name="networks_one_open_node"),
        ]

    def __str__(self):
        return f"{self.network} {self.unit} {self.post}"


class Passing(models.Model):
    """What passed from a network to a node of another (转送): a subject and no content."""

    subject = models.CharField(max_length=80)
    source = models.ForeignKey(Network, models.PROTECT, related_name="+")
    target = models.ForeignKey(Network, models.PROTECT, related_name="+")
    node = models.ForeignKey(Node, models.PROTECT, related_name="passings")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="networks_passing_to_another"),
            models.UniqueConstraint(fields=["subject", "target", "node"], condition=Q(taken_at=None),
                                    name="networks_passed_once"),
        ]

    def __str__(self):
        return f"{self.source} → {self.target} {self.subject}"
