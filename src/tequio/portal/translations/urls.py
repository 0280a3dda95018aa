from django.urls import path

from . import views

app_name = "translations"
urlpatterns = [
    path("translations/", views.queue, name="queue"),
    path("translations/<slug:kind>/<int:pk>/", views.translate, name="translate"),
    path("places/<str:code>/languages/", views.gaps, name="gaps"),
]
