"""Short message (短信) through any HTTP gateway: its request is data.

The example is the single_send interface of 云片 (v2): a form with `apikey`, `mobile`, `text`, an
answer with `code`, 0 when taken; faults come with HTTP 400 and a code of their own.
"""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from .answers import heard, judge, number
from .line import ask
from .outcome import LATER, Field, Outcome

NAME, WORD, ADDRESS, MANY, ONCE = "sms", _("短信"), "phone", 1, False
MARKS = _("{to} 是号码，{text} 是内容，{secret} 是密钥")
FIELDS = (
    Field("base", _("网关地址"), default="https://sms.yunpian.com/v2/sms/single_send.json"),
    Field("method", _("请求方式"), default="form",
          choices=(("form", _("POST 表单")), ("json", "POST JSON"), ("get", "GET"))),
    Field("fields", _("参数，每行一个"), MARKS, lines=True,
          default="apikey={secret}\nmobile={to}\ntext=【三个三】{text}"),
    Field("headers", _("请求头，每行一个"), _("例如 Authorization={secret}"), needed=False, lines=True),
    Field("secret", _("密钥"), secret=True),
    Field("result", _("返回码的字段名"), default="code"),
    Field("good", _("表示成功的返回码"), default="0"),
    Field("wrong", _("表示号码不对的返回码，用逗号隔开"), default="2,20", needed=False),
)
FAULTS = {"secret": (-1, -2, -3, 1), "rate": (8, 9, 17, 22, 33, 43, 53)}


@heard
def send(given, to, text):
    """Send to one number (发送)."""
    marks = {"{to}": to[0], "{text}": text, "{secret}": given["secret"]}
    fields, headers = pairs(given["fields"], marks), pairs(given.get("headers", ""), marks)
    if any(not value.isascii() or not value.isprintable() for pair in headers.items() for value in pair):
        return Outcome(LATER, "setting")
    if given["method"] == "get":
        joint = "&" if "?" in given["base"] else "?"
        answer = ask(f"{given['base']}{joint}{urlencode(fields)}", headers=headers)
    else:
        answer = ask(given["base"], fields, form=given["method"] == "form", headers=headers)
    said = answer.get(given["result"])
    if said is None:
        return Outcome(LATER, "answer", unsure=True)
    if str(said) == given["good"]:
        return judge(0, {})
    wrong = str(said) in [code.strip() for code in given.get("wrong", "").split(",") if code.strip()]
    code = number(answer, given["result"])
    return judge(code or -99, {"address": (code or -99,)} if wrong else FAULTS)


def pairs(lines: str, marks: dict[str, str]) -> dict[str, str]:
    """Return the fields of a request (请求参数): a mark inside a value is not read again.

    >>> pairs("mobile={to}\\n\\ntext=您好{text}", {"{to}": "{text}", "{text}": "a=b"})
    {'mobile': '{text}', 'text': '您好a=b'}
    """
    found = {}
    for line in lines.splitlines():
        name, equals, value = line.strip().partition("=")
        if name and equals:
            found[name.strip()] = _filled(value.strip(), marks)
    return found


def _filled(value: str, marks: dict[str, str]) -> str:
    for mark, word in marks.items():
        before, found, after = value.partition(mark)
        if found:
            return _filled(before, marks) + word + _filled(after, marks)
    return value
