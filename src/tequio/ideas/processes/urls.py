from django.urls import path

from . import views

app_name = "processes"
urlpatterns = [path("processes/<int:pk>/", views.process_detail, name="detail")]
