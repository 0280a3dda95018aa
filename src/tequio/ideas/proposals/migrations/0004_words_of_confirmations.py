"""What is said with a “me too” is a comment: moderated, translated and reported as any other. Problems from elsewhere.

The tables are new: no confirmation has words yet.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0003_counting_supports"),
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
        migrations.AddField("problem", "external_id", models.CharField(blank=True, max_length=100)),
        migrations.AddField(
            "problem",
            "source",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="problems",
                to="proposals.ideasource",
            ),
        ),
        migrations.AddConstraint(
            "problem",
            models.UniqueConstraint(
                condition=models.Q(("source__isnull", False)),
                fields=("source", "external_id"),
                name="problem_source_once",
            ),
        ),
        migrations.AddConstraint(
            "problem",
            models.CheckConstraint(
                condition=models.Q(("external_id", ""), ("source", None))
                | (models.Q(("source__isnull", False)) & ~models.Q(("external_id", ""))),
                name="problem_id_of_which_source",
            ),
        ),
    ]
