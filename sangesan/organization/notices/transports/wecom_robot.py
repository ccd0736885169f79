"""WeCom group robot (企业微信群机器人): speaks to the group it was put into."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from .answers import heard, judge, number
from .line import ask
from .outcome import Field

NAME, WORD, ADDRESS, MANY, ONCE = "wecom_robot", _("企业微信群机器人"), "", 1, False
FIELDS = (
    Field("base", _("接口地址"), default="https://qyapi.weixin.qq.com"),
    Field("key", _("机器人 key"), _("群机器人的 Webhook 地址里 key= 后面的部分"), secret=True),
)
FAULTS = {"secret": (93000, 40058), "rate": (45009, 45033, -1)}


@heard
def send(given, to, text):
    """Send to the group (发送)."""
    address = f"{given['base'].rstrip('/')}/cgi-bin/webhook/send?key={quote(given['key'], safe='')}"
    return judge(number(ask(address, {"msgtype": "text", "text": {"content": text}})), FAULTS)
