from django.urls import path

from .views import listing, problems, reading

app_name = "proposals"
urlpatterns = [
    path("ideas/", listing.idea_list, name="list"),
    path("ideas/<int:pk>/", reading.idea_detail, name="detail"),
    path("problems/<int:pk>/", problems.problem_detail, name="problem"),
]
