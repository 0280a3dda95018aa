from django.urls import path

from . import views

app_name = "transparency"
urlpatterns = [
    path("how/<slug:name>/propose/<slug:code>/", views.propose, name="propose"),
    path("how/<slug:name>/versions/<int:pk>/", views.version, name="version"),
]
