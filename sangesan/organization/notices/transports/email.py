"""E-mail (电子邮件) by SMTP, through Django's mail; one letter per person."""

import io
import smtplib
import ssl

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as spoken
from django.utils.translation import gettext_lazy as _

from .line import HERE, PATIENCE, Until
from .outcome import DELIVERED, LATER, REFUSED, Field, Outcome

NAME, WORD, ADDRESS, MANY, ONCE = "email", _("电子邮件"), "email", 1, False
FIELDS = (
    Field("base", _("邮件服务器"), _("例如 smtp.example.cn")),
    Field("port", _("端口"), default="465"),
    Field("security", _("加密方式"), default="ssl",
          choices=(("ssl", "SSL/TLS"), ("starttls", "STARTTLS"), ("none", _("不加密，只限本机")))),
    Field("user", _("用户名"), needed=False),
    Field("secret", _("密码或授权码"), secret=True, needed=False),
    Field("sender", _("发件地址")),
)


class _Timely:
    """A conversation each of whose answers has an end (限时应答), however slowly it drips."""

    def getreply(self):
        if self.file is None:
            self.file = io.BufferedReader(Until(self.sock.makefile("rb", buffering=0)))
        self.file.raw.begin()
        return super().getreply()


class _Plain(_Timely, smtplib.SMTP):
    pass


class _Safe(_Timely, smtplib.SMTP_SSL):
    pass


class _Line(EmailBackend):
    """Django's mail over such a conversation (邮件连接)."""

    @property
    def connection_class(self):
        return _Safe if self.use_ssl else _Plain


def send(given, to, text):
    """Send to one address (发送)."""
    if given["security"] == "none" and given["base"] not in HERE or not given["port"].isdecimal():
        return Outcome(LATER, "setting")
    line = _Line(host=given["base"], port=int(given["port"]), username=given.get("user", ""),
                 password=given.get("secret", ""), use_ssl=given["security"] == "ssl",
                 use_tls=given["security"] == "starttls", timeout=PATIENCE)
    try:
        EmailMessage(spoken("三个三提醒"), text, given["sender"], list(to), connection=line).send()
    except smtplib.SMTPAuthenticationError as fault:
        return Outcome(LATER, "secret", fault.smtp_code)
    except smtplib.SMTPRecipientsRefused as fault:
        code = next(iter(fault.recipients.values()))[0]
        return Outcome(REFUSED, "address", code) if code >= 500 else Outcome(LATER, "rate", code)
    except smtplib.SMTPResponseException as fault:
        return Outcome(LATER, "rate" if 400 <= fault.smtp_code < 500 else "unknown", fault.smtp_code)
    except smtplib.SMTPServerDisconnected:
        return Outcome(LATER, "broken", unsure=True)
    except ssl.SSLError:
        return Outcome(LATER, "tls")
    except TimeoutError:
        return Outcome(LATER, "timeout", unsure=True)
    except (OSError, smtplib.SMTPException, ValueError):
        return Outcome(LATER, "closed")
    return Outcome(DELIVERED)
