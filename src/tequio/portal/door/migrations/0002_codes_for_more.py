from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("door", "0001_initial")]

    operations = [migrations.RenameField("signincode", "email", "to")]
