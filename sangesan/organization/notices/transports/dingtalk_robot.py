"""DingTalk group robot (钉钉群机器人), with signature (加签): speaks to the group it was put into."""

import hmac
from base64 import b64encode
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock

from .answers import heard, judge, number
from .line import ask
from .outcome import Field

NAME, WORD, ADDRESS, MANY, ONCE = "dingtalk_robot", _("钉钉群机器人"), "", 1, False
FIELDS = (
    Field("base", _("接口地址"), default="https://oapi.dingtalk.com"),
    Field("token", _("机器人 access_token"), _("Webhook 地址里 access_token= 后面的部分"), secret=True),
    Field("sign", _("加签密钥"), _("安全设置选“加签”，以 SEC 开头的一串"), secret=True),
)
FAULTS = {"secret": (310000, 300001, 300005, 400101, 40035), "rate": (130101, 90018, 410100, -1)}


def signature(stamp: str, secret: str) -> str:
    """Return the signature of a moment (签名), as the robot's security page demands.

    >>> signature("1700000000000", "SECtest")
    'aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g='
    """
    return b64encode(hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), "sha256")).decode()


@heard
def send(given, to, text):
    """Send to the group (发送); the stamp is the real time, which the other side compares with its own."""
    stamp = f"{int(clock.wall().timestamp())}000"
    said = urlencode({"access_token": given["token"], "timestamp": stamp, "sign": signature(stamp, given["sign"])})
    return judge(number(ask(f"{given['base'].rstrip('/')}/robot/send?{said}",
                            {"msgtype": "text", "text": {"content": text}})), FAULTS)
