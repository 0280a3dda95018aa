from django.urls import path

from .views import agreeing, copying, leaving, page

app_name = "me"
urlpatterns = [
    path("me/", page.page, name="page"),
    path("me/consents/", agreeing.consents, name="consents"),
    path("me/consents/history/", agreeing.history, name="history"),
    path("me/data/", copying.data, name="data"),
    path("me/data/<uuid:uid>.zip", copying.download, name="download"),
    path("me/leave/", leaving.leave, name="leave"),
    path("me/leave/code/", leaving.code, name="leave_code"),
    path("me/left/", leaving.left, name="left"),
    path("me/stay/<str:token>/", leaving.stay, name="stay"),
]
