"""A finding asks for another date as every duty does: its applications move there, and its own table goes."""

from django.db import migrations


def move_over(apps, schema_editor):
    Asking = apps.get_model("duties", "Asking")
    Request = apps.get_model("rectification", "Request")
    Asking.objects.bulk_create([
        Asking(duty_id=row.finding.duty_id, due=row.due, why=row.why, words=row.words, at=row.at, post=row.post[:40],
               person=row.person, decided_at=row.decided_at, agreed=row.agreed)
        for row in Request.objects.filter(finding__duty__isnull=False).select_related("finding").order_by("pk")
    ], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("duties", "0003_asking"),
        ("rectification", "0003_photos"),
    ]

    operations = [
        migrations.RunPython(move_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="Request"),
    ]
