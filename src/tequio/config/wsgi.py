import os

from django.core.wsgi import get_wsgi_application

from tequio.config.reading_room import ReadingRoom

# Threads of one process that work with the database; each has a connection of its own.
THREADS = 4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
application = ReadingRoom(get_wsgi_application(), THREADS)
