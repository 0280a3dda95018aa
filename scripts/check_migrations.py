"""Fails if a model changed without a migration. Runs beside the test cluster, never with anybody's data."""

import sys

from tequio.config.cli import set_up_django
from tequio.config.postgres import ensure_running


def main() -> int:
    with ensure_running():
        set_up_django()
        from django.core.management import call_command

        try:
            call_command("makemigrations", check=True, dry_run=True, verbosity=1)
        except SystemExit as ended:
            return int(ended.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
