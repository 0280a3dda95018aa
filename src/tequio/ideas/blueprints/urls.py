from django.urls import path

from . import views

app_name = "blueprints"
urlpatterns = [
    path("processes/new/", views.choose, name="choose"),
    path("processes/new/form/", views.begin, name="begin"),
]
