"""DingTalk work notification (钉钉工作通知): to staff by their userid.

The other side takes the same words to the same person once a day (143106), so a repeated one is
dropped there; the sentence carries its hour, so two batches of a day differ.
"""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext_lazy as _

from .answers import heard, judge, number
from .line import Broken, ask
from .outcome import DELIVERED, Field, Outcome
from .tokens import using

NAME, WORD, ADDRESS, MANY, ONCE = "dingtalk_app", _("钉钉工作通知"), "dingtalk", 100, True
FIELDS = (
    Field("base", _("接口地址"), default="https://oapi.dingtalk.com"),
    Field("key", _("应用 AppKey")),
    Field("secret", _("应用 AppSecret"), secret=True),
    Field("agent", _("应用 AgentId")),
)
FAULTS = {"secret": (40001, 40014, 42001, 40089, 40096), "place": (60020,),
          "rate": (88, 90018, 143103, 143104, 143105, 1430003, -1), "address": (33012, 40003, 1430000)}
ALREADY = 143106
PLACE = "/topapi/message/corpconversation/"


@heard
def send(given, to, text):
    """Send to staff (发送); whom the result names as invalid is refused."""
    base = given["base"].rstrip("/")
    fetch = f"{base}/gettoken?{urlencode({'appkey': given['key'], 'appsecret': given['secret']})}"

    def post(step: str, body: dict) -> dict:
        address = f"{base}{PLACE}{step}?access_token="
        return using(fetch, lambda token: _plain(ask(address + quote(token, safe=""), body)))

    answer = post("asyncsend_v2", {"agent_id": given["agent"], "userid_list": ",".join(to),
                                   "msg": {"msgtype": "text", "text": {"content": text}}})
    if number(answer) == ALREADY:
        return Outcome(DELIVERED)
    if number(answer) != 0:
        return judge(number(answer), FAULTS)
    return Outcome(DELIVERED, refused=_invalid(
        lambda: post("getsendresult", {"agent_id": given["agent"], "task_id": number(answer, "task_id")}), to))


def _plain(answer: dict) -> dict:
    """Return an answer with the number that says what was wrong (返回码): behind 88 that is `sub_code`."""
    behind = number(answer, "sub_code")
    return answer | {"errcode": behind} if number(answer) == 88 and behind > 0 else answer


def _invalid(look, to: list[str]) -> frozenset[str]:
    """Return whom the task could not reach (无效接收人); no news is good news, it was accepted."""
    try:
        result = look().get("send_result")
    except Broken:
        return frozenset()
    named = result.get("invalid_user_id_list") if isinstance(result, dict) else None
    return frozenset(one for one in to if isinstance(named, list) and one in named)
