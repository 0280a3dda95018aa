from django.urls import path

from .views import account, mailbox, signing_in, signing_out

app_name = "door"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/code/", signing_in.enter_code, name="enter_code"),
    path("sign-in/join/", signing_in.join, name="join"),
    path("sign-out/", signing_out.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
]
