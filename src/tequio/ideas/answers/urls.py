from django.urls import path

from . import views

app_name = "answers"
urlpatterns = [path("results/<int:pk>/", views.result_detail, name="result")]
