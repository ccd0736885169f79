"""Shape of what is typed on the account pages (输入格式); the rules are in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .services.tokens import MOST_DAYS
from .words import ALLOWS


def _number(**attrs):
    return forms.CharField(label=_("工号"), max_length=32, widget=forms.TextInput(
        attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", **attrs}))


def _secret(label, *, new=False, **attrs):
    return forms.CharField(label=label, max_length=128, strip=False, widget=forms.PasswordInput(
        attrs={"autocomplete": "new-password" if new else "current-password", **attrs}))


def _code(label, **attrs):
    return forms.CharField(label=label, max_length=40, widget=forms.TextInput(
        attrs={"autocomplete": "one-time-code", "spellcheck": "false", **attrs}))


class LoginForm(forms.Form):
    """Sign in (登录)."""

    work_number = _number(autofocus=True)
    password = _secret(_("密码"))


class PinForm(forms.Form):
    """Sign in with the PIN of this device (PIN 登录)."""

    work_number = _number()
    pin = _secret(_("本机 PIN"), inputmode="numeric")


class ResetForm(forms.Form):
    """Ask for a new invitation (申请重设)."""

    work_number = _number(autofocus=True)


class CodeForm(forms.Form):
    """A code of the second factor (第二重验证)."""

    code = _code(_("六位口令或备用码"), autofocus=True)


class InvitationForm(forms.Form):
    """The code on a slip (邀请码)."""

    code = _code(_("邀请码"), autocapitalize="characters", autofocus=True)


class TwicePassword(forms.Form):
    """A new password, typed twice (新密码)."""

    password = _secret(_("新密码"), new=True)
    again = _secret(_("再输一遍新密码"), new=True)

    def clean(self):
        given = super().clean()
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("两次输入的密码不一样，请重新输入"))
        return given


class AcceptForm(TwicePassword):
    """Take an invitation (启用账号)."""

    work_number = _number(autofocus=True)
    field_order = ["work_number", "password", "again"]


class ChangeForm(TwicePassword):
    """Change one's own password (修改密码)."""

    old = _secret(_("原密码"))
    field_order = ["old", "password", "again"]


class SetPinForm(forms.Form):
    """Set the PIN of this device (设置本机 PIN)."""

    password = _secret(_("登录密码"))
    pin = _secret(_("PIN（6 到 12 位数字）"), new=True, inputmode="numeric")


class PasswordForm(forms.Form):
    """Say the password once more before something that matters (再次确认)."""

    password = _secret(_("登录密码"))


class TokenForm(forms.Form):
    """Make a token for a machine (新建接口令牌)."""

    name = forms.CharField(label=_("用途"), max_length=40)
    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=MOST_DAYS, initial=90)
    actions = forms.MultipleChoiceField(label=_("允许的操作"), widget=forms.CheckboxSelectMultiple)
    password = _secret(_("登录密码"))

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        own = {grant.action for grant in scope.grants}
        self.fields["actions"].choices = [(a.value, word) for a, word in ALLOWS.items() if a in own]
