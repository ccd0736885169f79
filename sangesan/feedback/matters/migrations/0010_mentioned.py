from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0009_cleared_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='concern',
            name='mentioned',
            field=models.BooleanField(default=False),
        ),
    ]
