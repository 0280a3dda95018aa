from django.urls import path

from .views import choosing, following, reading, stopping

app_name = "notifications"
urlpatterns = [
    path("notices/", reading.notices, name="notices"),
    path("following/", following.following, name="following"),
    path("following/letters/", choosing.letters, name="letters"),
    path("follow/item/<int:pk>/", following.follow_item, name="follow_item"),
    path("follow/place/<str:code>/", following.follow_place, name="follow_place"),
    path("follow/organisation/<int:pk>/", following.follow_organisation, name="follow_organisation"),
    path("follow/search/", following.follow_search, name="follow_search"),
    path("stop/<str:token>/", stopping.stop, name="stop"),
]
