from django.urls import path

from .views import authors, exporting, listing, merging, problems, reading, supporting, writing

app_name = "proposals"
urlpatterns = [
    path("ideas/", listing.idea_list, name="list"),
    path("ideas/new/", writing.idea_new, name="idea_new"),
    path("ideas/mine/", supporting.mine, name="mine"),
    path("ideas/export.csv", exporting.export_csv, name="export"),
    path("ideas/<int:pk>/", reading.idea_detail, name="detail"),
    path("ideas/<int:pk>/pictures/<int:picture>/<int:width>.webp", reading.picture, name="picture"),
    path("ideas/<int:pk>/edit/", writing.idea_edit, name="edit"),
    path("ideas/<int:pk>/send/", writing.idea_send, name="send"),
    path("ideas/<int:pk>/withdraw/", writing.idea_withdraw, name="withdraw"),
    path("ideas/<int:pk>/support/", supporting.support, name="support"),
    path("ideas/<int:pk>/merge/", merging.merge, name="merge"),
    path("ideas/<int:pk>/split/", merging.split, name="split"),
    path("ideas/<int:pk>/authors/", authors.co_authors, name="co_authors"),
    path("ideas/<int:pk>/authors/me/", authors.authorship, name="authorship"),
    path("problems/<int:pk>/", problems.problem_detail, name="problem"),
]
