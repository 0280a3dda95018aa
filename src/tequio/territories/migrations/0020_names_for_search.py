"""The names of places, folded, so that they are found without accents and in any language."""

from django.db import migrations, models

from tequio.base.text import fold


def fill(apps, schema_editor):
    Territory = apps.get_model("territories", "Territory")
    rows = []
    for place in Territory.objects.only("pk", "name").iterator(chunk_size=2000):
        place.names = " ".join(dict.fromkeys(fold(str(entry["text"])) for entry in place.name.values()))
        rows.append(place)
    Territory.objects.bulk_update(rows, ["names"], batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [("territories", "0001_initial")]

    operations = [
        migrations.AddField("territory", "names", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
