"""How a form left what it was about, by digest; of those taken in before, nothing is known."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('once', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='sent',
            name='stood',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
    ]
