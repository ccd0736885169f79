"""Documents have random keys from now on (随机主键): the column holds them as it is, and no row is touched."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("documents", "0002_forms")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.AlterField("document", "id", models.BigAutoField(primary_key=True, serialize=False)),
        ]),
    ]
