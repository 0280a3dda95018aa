from django.urls import path

from . import views

app_name = "thread"
urlpatterns = [
    path("carry/<slug:kind>/<int:pk>/", views.choose, name="choose"),
    path("carry/<slug:kind>/<int:pk>/<slug:to>/", views.carry_on, name="carry"),
]
