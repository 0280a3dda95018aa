from django.urls import path

from .views import desk, guardian, profile, residence, roles

app_name = "people"
urlpatterns = [
    path("ages/", profile.ages, name="ages"),
    path("account/profile/", profile.profile, name="profile"),
    path("account/guardian/", guardian.ask_guardian, name="ask_guardian"),
    path("guardian/<str:token>/", guardian.guardian, name="guardian"),
    path("account/my-code/", residence.code, name="code"),
    path("account/residences/", residence.residences, name="residences"),
    path("account/residences/letter/", residence.residence_letter, name="residence_letter"),
    path("account/residences/letter/code/", residence.letter_code, name="letter_code"),
    path("account/residences/list/", residence.residence_list, name="residence_list"),
    path("places/<str:code>/residence/", residence.residence, name="residence"),
    path("places/<str:code>/residents/", desk.desk, name="desk"),
    path("places/<str:code>/residents/letters/", desk.letters, name="letters"),
    path("places/<str:code>/residents/lists/", desk.lists, name="lists"),
    path("places/<str:code>/residents/rules/", desk.residence_rules, name="residence_rules"),
    path("lists/<int:pk>/end/", desk.list_end, name="list_end"),
    path("places/<str:code>/people/", roles.stewards, name="stewards"),
    path("places/<str:code>/roles/", roles.roles, name="roles"),
    path("places/<str:code>/roles/new/", roles.role_grant, name="role_grant"),
    path("roles/<int:pk>/end/", roles.role_end, name="role_end"),
    path("invitations/<int:pk>/revoke/", roles.invitation_revoke, name="invitation_revoke"),
    path("invitation/<str:token>/", roles.invitation, name="invitation"),
]
