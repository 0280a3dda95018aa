from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "tequio.files"
    label = "files"
