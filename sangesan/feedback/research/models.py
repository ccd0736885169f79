"""Tables of research (研讨): topics, whom they were put to, what was said of the matter."""

from django.db import models

from sangesan.feedback.matters.models import Matter
from sangesan.organization.networks.models import Node
from sangesan.organization.people.models import Post


class Topic(models.Model):
    """A topic put up for study (研讨课题): a question about how things are, never about a person.

    `matter` is the one it comes from (来源事项): the names of all who spoke of it are covered in whatever is said.
    """

    number = models.CharField(max_length=11, unique=True)
    title = models.CharField(max_length=60)
    question = models.TextField(max_length=2000)
    matter = models.ForeignKey(Matter, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    due_on = models.DateField()
    conclusion = models.TextField(max_length=3000, blank=True)
    concluded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_on", "-pk"]

    def __str__(self):
        return self.title

    @property
    def subject(self) -> str:
        """The address (地址) under which others refer to it."""
        return f"topics/{self.number}"


class Invitation(models.Model):
    """A node that was asked (受邀联络员); saying nothing is not noted anywhere."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="invitations")
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "node"], name="research_asked_once")]

    def __str__(self):
        return f"{self.topic} {self.node}"


class Contribution(models.Model):
    """What a node says of the matter (研讨意见), under the name of the unit it stands for."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="contributions")
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.topic} {self.node.unit}"
