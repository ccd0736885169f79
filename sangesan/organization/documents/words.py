"""Words of documents (公文用语): kinds of templates, and the fields a Word template may name."""

from django.utils.translation import gettext_lazy as _

from sangesan.method.papers import PAPERS

GENERAL = "general"
KINDS = {GENERAL: _("通用")} | {paper.slug: paper.name for paper in PAPERS}
FIELDS = {
    "发文机关": _("发文机关名称"), "文号": _("发文字号，如 青矿信〔2026〕1号"), "标题": _("文件标题"),
    "主送": _("收文的人或单位"), "正文": _("全部正文，自动分段"), "段落": _("正文各段，用在 {%p for 段 in 段落 %} 里"),
    "附件": _("附件名称，逐条"), "署名": _("落款的发文机关"), "日期": _("成文日期"), "附注": _("联系人、电话"),
    "抄送": _("抄送机关"), "事项编号": _("事项编号"),
}
"""Names a template may use (可用字段); `段` is the paragraph of a loop over 段落."""
BODY = ("正文", "段落")
"""Names that hold the words of a paper (正文字段); a template names one of them."""
LISTS = ("段落", "附件")
STATES = {"draft": _("草稿"), "in_force": _("在用"), "retired": _("停用")}
