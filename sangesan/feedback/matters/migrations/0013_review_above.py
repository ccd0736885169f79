"""A review may be passed to the unit above the enterprise, whose decision is entered here (上级复查、复核)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0012_heeded'),
    ]

    operations = [
        migrations.AddField(
            model_name='review',
            name='passed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='review',
            name='upper',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='review',
            name='upper_on',
            field=models.DateField(blank=True, null=True),
        ),
    ]
