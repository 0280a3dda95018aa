from django.urls import path

from .views import (
    authors,
    confirming,
    exporting,
    hub,
    listing,
    merging,
    pictures,
    points,
    problems,
    reading,
    supporting,
    taking_along,
    writing,
)

app_name = "proposals"
urlpatterns = [
    path("ideas/", listing.idea_list, name="list"),
    path("ideas/new/", writing.idea_new, name="idea_new"),
    path("ideas/mine/", supporting.mine, name="mine"),
    path("ideas/export.csv", exporting.export_csv, name="export"),
    path("ideas/in/<str:code>/", hub.hub, name="hub"),
    path("ideas/<int:pk>/", reading.idea_detail, name="detail"),
    path("ideas/<int:pk>/edit/", writing.idea_edit, name="edit"),
    path("ideas/<int:pk>/send/", writing.idea_send, name="send"),
    path("ideas/<int:pk>/withdraw/", writing.idea_withdraw, name="withdraw"),
    path("ideas/<int:pk>/support/", supporting.support, name="support"),
    path("ideas/<int:pk>/merge/", merging.merge, name="merge"),
    path("ideas/<int:pk>/split/", merging.split, name="split"),
    path("ideas/<int:pk>/authors/", authors.co_authors, name="co_authors"),
    path("ideas/<int:pk>/authors/me/", authors.authorship, name="authorship"),
    path("problems/", listing.problem_list, name="problems"),
    path("problems/export.csv", taking_along.problems_csv, name="problems_csv"),
    path("problems/new/", problems.problem_new, name="problem_new"),
    path("problems/<int:pk>/", problems.problem_detail, name="problem"),
    path("problems/<int:pk>/edit/", problems.problem_edit, name="problem_edit"),
    path("problems/<int:pk>/confirm/", confirming.confirm, name="confirm"),
    path("pictures/<int:pk>/<int:width>/", pictures.illustration, name="illustration"),
    path("map.svg", points.map_picture, name="map_picture"),
]
