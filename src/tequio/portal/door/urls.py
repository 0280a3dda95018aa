from django.urls import path

from .views import (
    account,
    addresses,
    devices,
    keys,
    mailbox,
    other_ways,
    second_step,
    secrets,
    signing_in,
    signing_out,
    vouching,
)

app_name = "door"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/code/", signing_in.enter_code, name="enter_code"),
    path("sign-in/join/", signing_in.join, name="join"),
    path("sign-in/second-step/", second_step.second_step, name="second_step"),
    path("sign-in/password/", other_ways.with_password, name="with_password"),
    path("sign-in/passkey/", other_ways.with_passkey, name="with_passkey"),
    path("sign-in/recovery/", other_ways.recover, name="recover"),
    path("sign-out/", signing_out.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
    path("account/addresses/", addresses.addresses, name="addresses"),
    path("account/code/", addresses.confirm_code, name="confirm_code"),
    path("account/prove/", addresses.prove, name="prove"),
    path("account/devices/", devices.devices, name="devices"),
    path("account/passkeys/", keys.passkeys, name="passkeys"),
    path("account/passkeys/<int:pk>/", keys.passkey, name="passkey"),
    path("account/password/", secrets.password, name="password"),
    path("account/app/", secrets.app, name="app"),
    path("account/recovery-codes/", secrets.recovery_codes, name="recovery_codes"),
    path("account/vouch/", vouching.vouch, name="vouch"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
]
