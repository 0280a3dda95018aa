from django.urls import path

from .views import (
    answering,
    cohorts,
    exporting,
    importing,
    moderating,
    organising,
    pictures,
    reading,
    results,
)

app_name = "deliberation"
urlpatterns = [
    # reading
    path("conversations/", reading.conversation_list, name="list"),
    path("conversations/<int:pk>/", reading.conversation_detail, name="detail"),
    path("conversations/<int:pk>/statements/", reading.statement_list, name="statement_list"),
    path("conversations/<int:pk>/sheet/", reading.sheet, name="sheet"),
    path("conversations/<int:pk>/picture/<int:width>.webp", pictures.picture, name="picture"),
    path("statements/<int:pk>/", reading.statement_detail, name="statement"),
    # taking part
    path("conversations/<int:pk>/answer/", answering.answer, name="answer"),
    path("conversations/<int:pk>/write/", answering.write, name="write"),
    path("conversations/<int:pk>/mine/", answering.mine, name="mine"),
    path("conversations/<int:pk>/mine/<int:number>/", answering.change, name="change"),
    # results
    path("conversations/<int:pk>/results/", results.results, name="results"),
    path("conversations/<int:pk>/results/numbers/", results.numbers, name="numbers"),
    path("conversations/<int:pk>/results/history/", results.history, name="history"),
    path("conversations/<int:pk>/hall/", results.hall, name="hall"),
    path("conversations/<int:pk>/hall/count/", results.hall_count, name="hall_count"),
    path("how/opinion-map/", results.algorithm, name="algorithm"),
    path("conversations/<int:pk>/set-aside/", cohorts.set_aside, name="set_aside"),
    path("conversations/<int:pk>/set-aside/<int:cohort>/", cohorts.decide_cohort, name="decide_cohort"),
    # data
    path("conversations/<int:pk>/results.json", exporting.results_json, name="results_json"),
    path("conversations/<int:pk>/export.zip", exporting.export_zip, name="export"),
    path("conversations/<int:pk>/export/<str:name>", exporting.export_file, name="export_file"),
    path("conversations/import/", importing.import_new, name="import_new"),
    path("conversations/import/<uuid:uid>/", importing.import_detail, name="import_detail"),
    # organising
    path("conversations/new/", organising.conversation_new, name="new"),
    path("conversations/<int:pk>/edit/", organising.conversation_edit, name="edit"),
    path("conversations/<int:pk>/picture/", pictures.change_picture, name="change_picture"),
    path("conversations/<int:pk>/state/", organising.conversation_state, name="state"),
    path("conversations/<int:pk>/moderate/", moderating.queue, name="moderate"),
    path("statements/<int:pk>/decide/", moderating.decide, name="decide"),
    path("statements/<int:pk>/merge/", moderating.merge, name="merge"),
    path("statements/<int:pk>/uptake/", organising.uptake, name="uptake"),
]
