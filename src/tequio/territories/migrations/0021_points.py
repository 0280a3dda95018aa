"""Where the middle of a place is; places that are loaded again get it from our table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territories", "0020_names_for_search")]

    operations = [
        migrations.AddField(
            "territory", "latitude", models.FloatField(blank=True, null=True)
        ),
        migrations.AddField(
            "territory", "longitude", models.FloatField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            "territory",
            models.CheckConstraint(
                condition=models.Q(("latitude", None), ("longitude", None))
                | models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                name="territory_point_on_earth",
            ),
        ),
    ]
