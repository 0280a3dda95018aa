from django.urls import path

from .views import backing, organising, reading, rules, team

app_name = "processes"
urlpatterns = [
    path("processes/", reading.list_processes, name="list"),
    path("processes/<int:pk>/", reading.process_detail, name="detail"),
    path("processes/<int:pk>/edit/", organising.process_edit, name="edit"),
    path("processes/<int:pk>/state/", organising.process_state, name="state"),
    path("processes/<int:pk>/team/", team.team, name="team"),
    path("processes/<int:pk>/team/<int:party>/", team.answer, name="answer"),
    path("processes/join/<str:token>/", team.join, name="join"),
    path("processes/sign/<uuid:uid>/", backing.sign, name="sign"),
    path("places/<str:code>/ideas/rules/", rules.rules, name="rules"),
    path("places/<str:code>/ideas/rules/change/", rules.change_rules, name="change_rules"),
]
