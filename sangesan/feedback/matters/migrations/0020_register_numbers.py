"""A number of the register may stand twice (登记号): what is kept from whoever enters it does not refuse it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matters", "0019_stepfile_shut")]

    operations = [
        migrations.RemoveConstraint("submission", "matters_one_register_number"),
        migrations.AddIndex("submission", models.Index(
            fields=["channel", "register"], condition=models.Q(("register", ""), _negated=True),
            name="matters_register_number")),
    ]
