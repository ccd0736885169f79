"""Every way words come in (受理): by the speaker, by a correspondent, entered by an office or whoever was asked."""

from .entering import behalf, register, report, signed
from .submitting import Accepted, submit

__all__ = ["Accepted", "behalf", "register", "report", "signed", "submit"]
