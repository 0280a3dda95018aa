from django.urls import path

from . import views

app_name = "recipes"
urlpatterns = [
    path("how/", views.recipe_list, name="list"),
    path("how/<slug:name>/", views.recipe_detail, name="detail"),
    path("how/<slug:name>/parameters.json", views.parameters, name="parameters"),
]
