from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0003_sms_and_webhooks")]

    operations = [
        migrations.AddField(
            model_name="letter", name="stop_url", field=models.CharField(blank=True, max_length=500)
        ),
    ]
