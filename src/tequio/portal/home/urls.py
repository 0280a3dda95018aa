from django.urls import path

from . import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("places/", views.territory_list, name="territory_list"),
    path("places/<str:code>/", views.territory_detail, name="territory_detail"),
    path("organisations/", views.organisation_list, name="organisation_list"),
    path("organisations/<int:pk>/", views.organisation_detail, name="organisation_detail"),
    path("doors/<str:door>/", views.door, name="door"),
    path("rules/", views.rules, name="rules"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("about/", views.about, name="about"),
    path("about/source.tar.gz", views.source, name="source"),
]
