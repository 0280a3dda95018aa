from django.urls import path

from .views import belonging, portraying, stewarding

app_name = "organisations"
urlpatterns = [
    path("organisations/mine/", portraying.mine, name="mine"),
    path("organisations/new/", portraying.organisation_new, name="new"),
    path("organisations/to-verify/", stewarding.queue, name="queue"),
    path("organisations/<int:pk>/edit/", portraying.organisation_edit, name="edit"),
    path("organisations/<int:pk>/logo/", portraying.change_logo, name="change_logo"),
    path("organisations/<int:pk>/logo/<int:width>.webp", portraying.logo, name="logo"),
    path("organisations/<int:pk>/members/", belonging.members, name="members"),
    path("organisations/<int:pk>/classes/", belonging.classes, name="classes"),
    path("organisations/<int:pk>/join/", belonging.join, name="join"),
    path("organisations/<int:pk>/invite/", belonging.invite, name="invite"),
    path("organisations/<int:pk>/verify/", stewarding.verify, name="verify"),
    path("organisations/<int:pk>/register/", stewarding.register, name="register"),
    path("organisations/members/<int:pk>/", belonging.change_member, name="change_member"),
    path("organisations/members/<int:pk>/mine/", belonging.my_membership, name="my_membership"),
    path("organisations/requests/<int:pk>/", belonging.answer_request, name="answer_request"),
    path("organisations/invitations/<int:pk>/withdraw/", belonging.withdraw_invitation, name="withdraw"),
    path("organisations/invitations/<str:token>/", belonging.invitation, name="invitation"),
]
