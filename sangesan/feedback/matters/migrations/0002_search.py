import django.db.models.deletion
from django.db import migrations, models

# Search stands in tables of its own (foundation/search/index.py), by raw SQL on both engines.
SQLITE = (
    "CREATE TABLE search_matters (id integer NOT NULL PRIMARY KEY, ref bigint NOT NULL UNIQUE, words text NOT NULL)",
    "CREATE VIRTUAL TABLE search_matters_fts USING fts5(words, content='search_matters', content_rowid='id',"
    " tokenize='ascii', detail='none', columnsize=0)",
    "INSERT INTO matters_unindexed (id, matter_id) SELECT abs(random() / 2) + 1, id FROM matters_matter",
)
POSTGRESQL = (
    "CREATE TABLE search_matters (id bigint NOT NULL PRIMARY KEY, ref bigint NOT NULL UNIQUE, words text NOT NULL,"
    " pairs tsvector NOT NULL)",
    "CREATE INDEX search_matters_pairs ON search_matters USING gin (pairs)",
    "INSERT INTO matters_unindexed (id, matter_id) SELECT floor(random() * 4e18)::bigint + 1, id FROM matters_matter",
)


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_matters_fts")
    schema_editor.execute("DROP TABLE search_matters")


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unindexed",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("matter", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="unindexed",
                                             to="matters.matter")),
            ],
        ),
        migrations.RunPython(make, drop),
    ]
