"""The site's own settings with one more address."""

from tequio.config import settings as site

globals().update({name: value for name, value in vars(site).items() if name.isupper()})
ROOT_URLCONF = "one_row"
