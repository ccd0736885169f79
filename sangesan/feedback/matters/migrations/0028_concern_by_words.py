"""Whether a concern came of words stays where triage marks it as well (话里点到), for marks can be taken back."""

from django.db import migrations, models
from django.db.models import F


def known(apps, _schema):
    apps.get_model("matters", "Concern").objects.filter(mentioned=True).update(by_words=F("mentioned"))


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0027_reach_fresh"),
    ]

    operations = [
        migrations.AddField(
            model_name="concern",
            name="by_words",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(known, migrations.RunPython.noop),
    ]
