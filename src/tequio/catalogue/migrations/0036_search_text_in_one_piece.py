"""Words of a search beside their row, not packed away: whatever is looked at one by one is read at once."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0035_places_and_supports")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE catalogue_searchtext SET (toast_tuple_target = 8160)",
            "ALTER TABLE catalogue_searchtext RESET (toast_tuple_target)",
        )
    ]
