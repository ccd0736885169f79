"""Words of the networks (联络网用语) on pages and in workbooks."""

from django.utils.translation import gettext_lazy as _

from sangesan.method.networks import Cover, Standing
from sangesan.organization.units.models import Kind

STANDINGS = {Standing.STANDS: _("在岗"), Standing.UNPOSTED: _("待公示"), Standing.VACANT: _("岗位空缺"),
             Standing.LAPSED: _("任期已满")}
TONES = {Standing.STANDS: "ok", Standing.UNPOSTED: "act", Standing.VACANT: "warn", Standing.LAPSED: "warn"}
COVERS = {Cover.COVERED: _("有联络员"), Cover.WAITING: _("有，还不能算"), Cover.MISSING: _("没有联络员")}
CHOSEN = {"elected": _("班组推选"), "nominated": _("支部推荐"), "office": _("岗位兼任")}
NOUNS = {"matters": _("事项"), "documents": _("文书"), "duties": _("应办事项"), "topics": _("研讨课题")}
NEEDING = (Kind.BRANCH, Kind.TEAM, Kind.ENTERPRISE, Kind.CONTRACTOR, Kind.RETIREES, Kind.OFFICE, Kind.CREW)
"""Kinds of units a network may need a node in (可要求设联络员的单位类别)."""
KINDS = [(kind.value, kind.label) for kind in NEEDING]
