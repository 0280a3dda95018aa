from django.urls import path

from .views import gaps, searching

app_name = "search"
urlpatterns = [
    path("search/", searching.search, name="search"),
    path("on-my-mind/", searching.mind, name="mind"),
    path("looked-for/", gaps.gaps, name="gaps"),
    path("looked-for/<int:pk>/hide/", gaps.hide, name="hide_gap"),
]
