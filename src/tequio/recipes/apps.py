from django.apps import AppConfig


class RecipesConfig(AppConfig):
    name = "tequio.recipes"
    label = "recipes"
