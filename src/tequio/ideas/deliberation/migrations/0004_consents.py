"""What participants agreed to so far stood in their rows alone: it becomes consents, with their facts.

Which language they read it in was not kept then: it is the one they use. Reversed, the consents stay.
"""

from django.db import migrations

TAKE_OVER = """
WITH agreed AS (
    INSERT INTO consent_consent (person_id, purpose, version, is_given, language, channel, at)
    SELECT one.person_id, 'opinions', one.consent, true, min(person.language), 'web', min(one.began_at)
    FROM deliberation_participant AS one JOIN people_person AS person ON person.id = one.person_id
    WHERE one.consent <> '' GROUP BY one.person_id, one.consent
    ON CONFLICT (person_id, purpose, version) DO NOTHING
    RETURNING person_id, purpose, version, is_given, language, channel, at
)
INSERT INTO consent_consentfact (person_id, purpose, version, is_given, language, digest, channel, at)
SELECT person_id, purpose, version, is_given, language, '', channel, at FROM agreed
"""


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0003_taken_back"), ("consent", "0002_only_added")]
    operations = [migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop)]
