"""What waits has again, once a moderator lets it through, the state it had: a draft does not become public by it."""

from django.db import migrations, models

import tequio.catalogue.enums


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0036_search_text_in_one_piece")]

    operations = [
        migrations.AddField(
            model_name="screening",
            name="was",
            field=models.CharField(
                choices=tequio.catalogue.enums.ItemState.choices, default="published", max_length=12
            ),
        )
    ]
