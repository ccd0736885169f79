"""What was joined to a matter (并入件) is found without walking all: few have a parent."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0028_concern_by_words"),
        ("units", "0002_rotation"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(condition=models.Q(("parent__isnull", False)), fields=["parent"], name="matters_joined"),
        ),
    ]
