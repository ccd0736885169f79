"""Forms of push (推送表单): a channel's fields, the own address, one's own way of being told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as spoken
from django.utils.translation import gettext_lazy as _

from sangesan.method.turns import Turn, read
from sangesan.organization.people.addresses import SHAPES, fault

from .models import Work
from .transports import Field, Transport
from .transports.line import allowed


class Ours(forms.Form):
    """The enterprise's own address (本系统地址)."""

    address = forms.CharField(label=_("本系统的网址"), max_length=120, required=False,
                              help_text=_("写在提醒后面，例如 https://ssz.example.cn/w/；不填就不带网址"))

    def clean_address(self):
        said = self.cleaned_data["address"]
        if said and not allowed(said):
            raise forms.ValidationError(_("请填 https 开头的完整网址"))
        return said


class Configuring(forms.Form):
    """The fields of one channel (渠道设置); a secret that is kept is neither shown nor asked for again."""

    def __init__(self, *args, shelf: Transport, kept: dict[str, str] | None = None, **options):
        options.setdefault("initial", {
            one.name: (kept or {}).get(one.name, one.default) for one in shelf.FIELDS if not one.secret})
        super().__init__(*args, **options)
        self.shelf, self.kept = shelf, kept or {}
        for one in shelf.FIELDS:
            self.fields[one.name] = self._field(one)

    def _field(self, one: Field) -> forms.Field:
        has = one.secret and bool(self.kept.get(one.name))
        said = {"label": one.word, "required": one.needed and not has,
                "help_text": _("已保存，不再显示；不改就留空") if has else one.help}
        if one.choices:
            return forms.ChoiceField(choices=one.choices, **said)
        widget: forms.Widget = forms.TextInput()
        if one.secret:
            widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        elif one.lines:
            widget = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(max_length=2000 if one.lines else 300, widget=widget, **said)

    def clean_base(self):
        said = self.cleaned_data["base"]
        if self.shelf.NAME != "email" and not allowed(said):
            raise forms.ValidationError(_("请填 https 开头的地址；只有本机可以用 http"))
        if self.shelf.NAME != "sms" and ("?" in said or "#" in said):  # a whole Webhook, its key would be shown again
            raise forms.ValidationError(_("只填问号前面的地址；问号后面的口令填在下面那一栏"))
        return said

    def clean_fields(self):
        said = self.cleaned_data["fields"]
        if "{to}" not in said:
            raise forms.ValidationError(_("参数里要有 {to}，网关才知道发给哪个号码"))
        return said

    def clean_port(self):
        said = self.cleaned_data["port"]
        if not (said.isascii() and said.isdecimal() and 0 < int(said[:6]) < 65536):
            raise forms.ValidationError(_("端口是 1 到 65535 的数"))
        return said

    def clean(self):
        given = super().clean()
        way = [one.name for one in self.shelf.FIELDS if one.name in ("base", "port", "security")]
        moved = any(given.get(name) != self.kept.get(name) for name in way)
        for one in self.shelf.FIELDS:
            if one.secret and not given.get(one.name):
                given[one.name] = self.kept.get(one.name, "")
                if given[one.name] and moved:  # else whoever names another house is handed what is never shown
                    self.add_error(one.name, spoken("地址或加密方式改了，请把密钥重新填一遍"))
            if "\n" in str(given.get(one.name, "")) and not one.lines:
                self.add_error(one.name, spoken("只能是一行"))
            if one.secret and "://" in given.get(one.name, ""):
                self.add_error(one.name, spoken("只填等号后面的部分，不要填整条网址"))
            told = given.get(one.name, "") if one.secret else ""
            shown = (given.get(each.name, "") for each in self.shelf.FIELDS if not each.secret)
            if len(told) >= 8 and any(told in said for said in shown):
                self.add_error(one.name, spoken("密钥只填在这一栏，别的栏里用到它的地方写 {secret}"))
        return given


class Trying(forms.Form):
    """Where a test goes (发送测试)."""

    to = forms.CharField(label=_("发给"), max_length=120)

    def __init__(self, *args, shelf: Transport, **options):
        super().__init__(*args, **options)
        self.shelf = shelf
        if shelf.ADDRESS:
            self.fields["to"].help_text = _("填一个%(word)s") % {"word": SHAPES[shelf.ADDRESS][0]}
        else:
            del self.fields["to"]

    def clean_to(self):
        said = self.cleaned_data["to"]
        if wrong := fault(self.shelf.ADDRESS, said):
            raise forms.ValidationError(wrong)
        return said


class Reaching(forms.Form):
    """How one wants to be told (提醒方式)."""

    channel = forms.ChoiceField(label=_("除了站内消息，还怎样提醒我"), required=False, widget=forms.RadioSelect)
    wecom = forms.CharField(label=_("企业微信账号"), max_length=64, required=False,
                            help_text=_("企业微信通讯录里的账号，不是微信号"))
    dingtalk = forms.CharField(label=_("钉钉账号"), max_length=64, required=False,
                               help_text=_("钉钉管理后台通讯录里的 UserId"))
    phone = forms.CharField(label=_("手机"), max_length=20, required=False, help_text=_("值班电话单也用这个号码"))
    email = forms.CharField(label=_("邮箱"), max_length=120, required=False)

    shift = forms.ChoiceField(label=_("我上的班次"), required=False, widget=forms.RadioSelect,
                              help_text=_("上班时不提醒，下班后一起提醒；只用来定提醒的时间，别人看不到"))
    sleeps = forms.BooleanField(label=_("上零点班等夜班的，下班后 8 小时内也不提醒（最晚到 18:00）"), required=False)

    AUTOMATIC, NONE = "auto", ""

    def __init__(self, *args, choices: list[tuple[str, str]], shifts: list[str], unit_turn: Turn | None, **options):
        super().__init__(*args, **options)
        by_unit = _("跟着单位的班次（今天 %(turn)s）") % {"turn": unit_turn} if unit_turn else _(
            "跟着单位的班次（您的单位没有排班）")
        self.fields["shift"].choices = [
            (Work.UNIT, by_unit), *((one, str(read(one)[0])) for one in shifts), (Work.NONE, _("不按班次"))]
        self.fields["channel"].choices = [
            (self.AUTOMATIC, _("由系统选（不用短信）")), *choices, (self.NONE, _("不用，我自己登录看"))]

    def clean_shift(self):
        return self.cleaned_data["shift"] or Work.UNIT

    def clean(self):
        given = super().clean()
        for kind in SHAPES:
            said = given.get(kind, "")
            if said != self.initial.get(kind) and (wrong := fault(kind, said)):
                self.add_error(kind, wrong)
        return given
