from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "tequio.catalogue"
    label = "catalogue"
