from django.urls import path

from .views import acting, reading

app_name = "discussions"
urlpatterns = [
    path("discussions/<int:pk>/", reading.discussion, name="discussion"),
    path("discussions/<int:pk>/write/", acting.write, name="write"),
    path("discussions/<int:pk>/useful/", acting.useful, name="useful"),
    path("comments/<int:pk>/", reading.comment, name="comment"),
    path("comments/<int:pk>/history/", reading.history, name="history"),
    path("comments/<int:pk>/answer/", acting.reply, name="reply"),
    path("comments/<int:pk>/edit/", acting.edit, name="edit"),
    path("comments/<int:pk>/withdraw/", acting.withdraw, name="withdraw"),
]
