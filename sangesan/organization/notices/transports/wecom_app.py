"""WeCom application message (企业微信应用消息): to members by their userid."""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext_lazy as _

from .answers import heard, judge, number
from .line import ask
from .outcome import Field
from .tokens import using

NAME, WORD, ADDRESS, MANY, ONCE = "wecom_app", _("企业微信应用"), "wecom", 1000, True
FIELDS = (
    Field("base", _("接口地址"), default="https://qyapi.weixin.qq.com"),
    Field("corp", _("企业 ID"), _("管理后台“我的企业”里的企业 ID")),
    Field("agent", _("应用 AgentId")),
    Field("secret", _("应用 Secret"), secret=True),
)
FAULTS = {"secret": (40001, 40013, 40014, 42001, 40056, 301002), "place": (60020,), "rate": (45009, 45033, -1),
          "address": (81013, 82001, 40003, 60111)}


@heard
def send(given, to, text):
    """Send to members (发送); those the answer names as invalid or without a licence are refused."""
    base = given["base"].rstrip("/")
    fetch = f"{base}/cgi-bin/gettoken?{urlencode({'corpid': given['corp'], 'corpsecret': given['secret']})}"
    agent = int(given["agent"]) if given["agent"].isdecimal() else given["agent"]
    answer = using(fetch, lambda token: ask(f"{base}/cgi-bin/message/send?access_token={quote(token, safe='')}", {
        "touser": "|".join(to), "msgtype": "text", "agentid": agent, "text": {"content": text},
        "enable_duplicate_check": 1, "duplicate_check_interval": 14400}))
    named = f"{answer.get('invaliduser') or ''}|{answer.get('unlicenseduser') or ''}".lower().split("|")
    return judge(number(answer), FAULTS, [one for one in to if one.lower() in named])
