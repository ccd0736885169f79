from django.db import migrations
from django.db.models import F


def open_guards(editor):
    """Take the guards against changing away; they return after every migration (`append_only.install`)."""
    for table in ("ruleset", "indicator"):
        if editor.connection.vendor == "sqlite":
            editor.execute(f'DROP TRIGGER IF EXISTS "keep_rules_{table}_update"')
        else:
            editor.execute(f'DROP TRIGGER IF EXISTS "keep_rules_{table}_row" ON "rules_{table}"')


def to_hundredths(apps, editor):
    """Keep weights in hundredths: a whole one is written as it was, so every digest stays what it was."""
    open_guards(editor)
    apps.get_model("rules", "Indicator").objects.update(weight=F("weight") * 100)
    for row in apps.get_model("rules", "RuleSet").objects.exclude(line_weights={}):
        row.line_weights = {line: weight * 100 for line, weight in row.line_weights.items()}
        row.save(update_fields=["line_weights"])


class Migration(migrations.Migration):

    dependencies = [
        ('rules', '0004_longer_standard'),
    ]

    operations = [migrations.RunPython(to_hundredths)]
