from django.urls import path

from . import views

app_name = "catalogue"
urlpatterns = [
    path("items/<int:pk>/history/", views.item_history, name="history"),
    path("items/<int:pk>/history/<int:revision>/", views.item_revision, name="revision"),
]
