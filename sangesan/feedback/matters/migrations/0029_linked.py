"""What repeats an earlier matter (重复件) is found without walking all: few have an earlier one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0028_concern_by_words"),
        ("units", "0002_rotation"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("earlier__isnull", False)), fields=["earlier"], name="matters_linked"),
        ),
    ]
