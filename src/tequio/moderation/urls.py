from django.urls import path

from .views import deciding, following, public, reporting

app_name = "moderation"
urlpatterns = [
    path("report/<str:what>/<int:pk>/", reporting.report, name="report"),
    path("reports/<str:token>/", following.receipt, name="receipt"),
    path("reports/<str:token>/appeal/", following.appeal_by_reporter, name="appeal_by_reporter"),
    path("decisions/<int:pk>/", following.decision, name="decision"),
    path("decisions/<int:pk>/appeal/", following.appeal, name="appeal"),
    path("moderation/", deciding.queue, name="queue"),
    path("moderation/log/", public.log, name="log"),
    path("moderation/figures/", public.figures, name="figures"),
    path("moderation/figures.csv", public.figures_csv, name="figures_csv"),
    path("moderation/appeals/<int:pk>/", deciding.answer, name="answer"),
    path("moderation/<str:what>/<int:pk>/", deciding.desk, name="desk"),
]
