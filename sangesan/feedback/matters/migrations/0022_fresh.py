"""What nobody has judged yet is read by triage alone (先由分办员看); what came in before stays as it could be read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0021_receipted'),
    ]

    operations = [
        migrations.AddField(
            model_name='reach',
            name='fresh_since',
            field=models.DateField(blank=True, null=True),
        ),
    ]
