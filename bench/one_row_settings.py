from tequio.config.settings import *  # noqa: F403

ROOT_URLCONF = "one_row"
