
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('networks', '0002_five'),
        ('people', '0002_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=11, unique=True)),
                ('title', models.CharField(max_length=60)),
                ('question', models.TextField(max_length=2000)),
                ('opened_on', models.DateField()),
                ('due_on', models.DateField()),
                ('conclusion', models.TextField(blank=True, max_length=3000)),
                ('concluded_on', models.DateField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'ordering': ['-opened_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000)),
                ('on', models.DateField()),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='networks.node')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='research.topic')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='networks.node')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='research.topic')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('topic', 'node'), name='research_asked_once')],
            },
        ),
    ]
