from django.urls import path

from .views import answering, bulk, desk, public, results, running, templates

app_name = "answers"
urlpatterns = [
    path("answers/", desk.desk, name="desk"),
    path("answers/assign/", desk.assign, name="assign"),
    path("answers/several/", bulk.bulk, name="bulk"),
    path("answers/several/<uuid:uid>/", bulk.batch, name="batch"),
    path("answers/templates/<str:code>/", templates.template_list, name="templates"),
    path("answers/templates/<str:code>/new/", templates.template_new, name="template_new"),
    path("answers/template/<int:pk>/", templates.template_edit, name="template"),
    path("answers/in/<str:code>/", public.scoreboard, name="scoreboard"),
    path("answers/in/<str:code>/numbers.csv", public.numbers, name="numbers"),
    path("answers/<int:pk>/", public.former, name="former"),
    path("answers/<int:pk>/write/", answering.write, name="write"),
    path("answers/<int:pk>/take-back/", answering.take_back, name="take_back"),
    path("answers/<int:pk>/ask/", answering.ask, name="ask"),
    path("answers/<int:pk>/papers/", answering.add_paper, name="add_paper"),
    path("papers/<int:pk>/", public.paper, name="paper"),
    path("results/<int:pk>/", results.result_detail, name="result"),
    path("results/<int:pk>/asked/", results.judge, name="judge"),
    path("results/new/<int:pk>/", running.result_new, name="result_new"),
    path("results/<int:pk>/edit/", running.result_edit, name="result_edit"),
    path("results/<int:pk>/steps/", running.step_new, name="step_new"),
    path("results/steps/<int:pk>/", running.step_change, name="step"),
    path("results/<int:pk>/money/", running.spend, name="spend"),
    path("results/<int:pk>/end/", running.end, name="end"),
    path("results/<int:pk>/words/", running.words, name="words"),
]
