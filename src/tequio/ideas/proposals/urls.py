from django.urls import path

from .views import confirming, hub, listing, pictures, points, problems, reading, taking_along

app_name = "proposals"
urlpatterns = [
    path("ideas/", listing.idea_list, name="list"),
    path("ideas/in/<str:code>/", hub.hub, name="hub"),
    path("ideas/<int:pk>/", reading.idea_detail, name="detail"),
    path("problems/", listing.problem_list, name="problems"),
    path("problems/export.csv", taking_along.problems_csv, name="problems_csv"),
    path("problems/new/", problems.problem_new, name="problem_new"),
    path("problems/<int:pk>/", problems.problem_detail, name="problem"),
    path("problems/<int:pk>/edit/", problems.problem_edit, name="problem_edit"),
    path("problems/<int:pk>/confirm/", confirming.confirm, name="confirm"),
    path("pictures/<int:pk>/<int:width>/", pictures.illustration, name="illustration"),
    path("map.svg", points.map_picture, name="map_picture"),
]
