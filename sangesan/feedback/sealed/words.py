"""Words that the scripts of the mailbox say (脚本用语)."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "busy": _("请稍候…"), "phrase": _("口令不对，请对照您记下的口令再输一次"),
    "paper": _("纸质钥匙不对，请对照原件再输一次"),
    "root": _("钥匙名册与您钥匙里记下的不符，已停止。请不要继续，立即告知上级纪委"),
    "unreadable": _("打不开：内容被改动过，或不是封给这把钥匙的"), "failed": _("没有办成，请刷新页面再试"),
    "letter": _("来信"), "day": _("收到日期"), "about": _("反映谁"), "who": _("反映人"), "anonymous": _("匿名"),
    "place": _("地点"), "register": _("登记号"), "removed": _("要求回避"), "readers": _("以前看过的"),
    "speaker": _("反映人"), "office": _("纪检监察"),
    "before": _("转来以前"), "file": _("打开附件"), "answer": _("写给反映人"),
    "answer_help": _("在本机封好才送出，只有反映人凭回执号能看到。请不要写出核查细节。"), "write": _("请先写几个字"),
    "progress": _("正在开箱"), "back": _("最后八位不对，请对照您抄下的再输一次"), "nobody": _("没有写明"),
    "handed": _("已补发"), "paper_file": _("纪检监察信箱纸质钥匙，由上级纪委保管，不得留在本矿"),
}
