"""What is said with a “me too” is a comment: moderated, translated and reported as any other.

The tables are new: no confirmation has words yet.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0002_problems_and_supports"),
        ("discussions", "0001_initial"),
    ]

    operations = [
        migrations.RemoveField("confirmation", "words"),
        migrations.RemoveField("confirmation", "language"),
        migrations.AddField(
            "confirmation",
            "comment",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="confirmations",
                to="discussions.comment",
            ),
        ),
    ]
