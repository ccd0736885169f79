"""Addresses of accounts (账号), all under /w/."""

from django.urls import path

from .views import administration, factors, invitation, login, own

app_name = "accounts"
urlpatterns = [
    path("login/", login.sign_in, name="login"),
    path("login/pin/", login.sign_in_by_pin, name="login_pin"),
    path("login/passkey/", login.passkey_begin, name="login_passkey"),
    path("login/passkey/done/", login.passkey_finish, name="login_passkey_done"),
    path("logout/", login.sign_out, name="logout"),
    path("reset/", login.reset, name="reset"),
    path("invitation/", invitation.enter_code, name="invitation"),
    path("invitation/accept/", invitation.accept, name="accept"),
    path("invitation/<str:code>/", invitation.follow, name="follow"),
    path("factor/", factors.prove, name="factor"),
    path("factor/enrol/", factors.enrol, name="enrol"),
    path("factor/passkey/", factors.passkey_begin, name="passkey"),
    path("factor/passkey/done/", factors.passkey_finish, name="passkey_done"),
    path("accounts/", administration.index, name="index"),
    path("accounts/slips/", administration.make_slips, name="slips"),
    path("accounts/<int:person>/off/", administration.switch_off, name="off"),
    path("accounts/<int:person>/factor/", administration.lift_factor, name="lift_factor"),
    path("accounts/requests/<int:pk>/agree/", administration.agree, name="agree"),
    path("accounts/me/", own.me, name="me"),
    path("accounts/me/password/", own.change_password, name="password"),
    path("accounts/me/pin/", own.set_pin, name="pin"),
    path("accounts/me/devices/<int:pk>/", own.revoke_device, name="device"),
    path("accounts/me/passkeys/<int:pk>/", own.remove_passkey, name="remove_passkey"),
    path("accounts/me/codes/", factors.renew_codes, name="codes"),
    path("accounts/me/factor/", factors.remove, name="remove_factor"),
    path("accounts/me/out/", own.sign_out_everywhere, name="everywhere"),
    path("accounts/me/tokens/", own.new_token, name="new_token"),
    path("accounts/me/tokens/<int:pk>/", own.drop_token, name="token"),
]
