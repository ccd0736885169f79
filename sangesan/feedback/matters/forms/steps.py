"""A form for each step (各步表单): the shape of what is typed. Field names are the services' keywords."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy

from sangesan.method.supervision import ADVICE, TRIGGERS, WAYS
from sangesan.method.terms import PROCEDURE_NAMES

from .. import queries
from ..words import CATEGORIES, KINDS
from .applying import Applying
from .concerning import Concerning, Unmarking
from .fields import Filed, UnitField, UnitsField
from .fields import text as _text

LEVELS = ((1, lazy("1 一般")), (2, lazy("2 较急")), (3, lazy("3 很急")))
WEIGHTS = ((1, lazy("1 个别、一般")), (2, lazy("2 多人或一个区队")), (3, lazy("3 生命安全或全单位")))


def _day(label, help_text="") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text,
                           widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class Grading(forms.Form):
    """Urgency and importance (研判)."""

    urgency = forms.TypedChoiceField(label=lazy("紧急程度"), choices=LEVELS, coerce=int, widget=forms.RadioSelect)
    importance = forms.TypedChoiceField(label=lazy("重要程度"), choices=WEIGHTS, coerce=int, widget=forms.RadioSelect)


class Handing(forms.Form):
    """Whether those named in the words are only mentioned (只是提到)."""

    only_mentioned = forms.BooleanField(label=lazy("话里的人只是提到，反映的不是他们"), required=False,
                                        help_text=lazy("不勾选，话里写了姓名、“单位加职务”或“姓加职务”的人看不到这件，也不能办理"))


class Judging(Grading, Handing):
    """Grade and dispatch in one go (定级并派单)."""

    category = forms.ChoiceField(label=lazy("类别"), choices=CATEGORIES.items(), required=False)
    lead = UnitField(label=lazy("主办单位"), required=False)
    supporting = UnitsField(label=lazy("协办单位"), required=False)
    remark = forms.CharField(label=lazy("交办要求"), max_length=400, required=False)


class Dispatching(Handing):
    """To whom (派单)."""

    lead = UnitField(label=lazy("主办单位"))
    supporting = UnitsField(label=lazy("协办单位"), required=False)
    remark = forms.CharField(label=lazy("交办要求"), max_length=400, required=False)


class Ruling(Handing):
    """A ruling on a return (裁定)."""

    lead = UnitField(label=lazy("改派给"), required=False, help_text=lazy("不填，就由原单位办理，不能再退"))
    reason = _text(lazy("裁定意见"))


class Regrading(Grading):
    """Another grade with a reason (调级)."""

    reason = _text(lazy("理由"))


class Describing(forms.Form):
    """The registration corrected (更正登记)."""

    title = forms.CharField(label=lazy("标题"), max_length=80, required=False)
    category = forms.ChoiceField(label=lazy("类别"), choices=[("", "—"), *CATEGORIES.items()], required=False)
    kind = forms.ChoiceField(label=lazy("目的"), choices=[("", "—"), *((k, v) for k, v in KINDS.items()
                                                                     if k != "accusation")], required=False)
    unit = UnitField(label=lazy("发生单位"), required=False)
    place_name = forms.CharField(label=lazy("地点"), max_length=80, required=False)
    affected = forms.IntegerField(label=lazy("涉及人数"), min_value=0, max_value=100_000, required=False)

    def clean_affected(self):
        return self.cleaned_data["affected"] or 0


class Merging(forms.Form):
    """Into which matter (并案)."""

    into = forms.CharField(label=lazy("并入事项编号"), max_length=11)


class Declining(forms.Form):
    """Why not, and where to go (不予受理)."""

    reason = forms.ChoiceField(label=lazy("原因"), choices=(
        ("elsewhere", lazy("应走仲裁、诉讼等法定途径")), ("not_ours", lazy("不属于本单位职权")),
        ("concluded", lazy("已有复核结论")), ("unclear", lazy("内容不清，无法联系"))))
    told = _text(lazy("告知去向"), help_text=lazy("反映人会看到这段话"))


class Text(forms.Form):
    """Some words (文字)."""

    text = _text(lazy("内容"))


class FirstAnswer(Text):
    text = _text(lazy("首次答复"), help_text=lazy("反映人会看到：收到了、谁在办、什么时候有结果"))


class Plan(Filed, Text):
    text = _text(lazy("措施"))
    who = forms.CharField(label=lazy("责任人"), max_length=60, help_text=lazy("写岗位或姓名"))
    until = _day(lazy("完成时限"))


class Note(Filed, Text):
    text = _text(lazy("进展"), help_text=lazy("只有办理人员能看到"))


class Answer(Filed, Text):
    text = _text(lazy("答复职工"), help_text=lazy("审核同意后，反映人会看到"))


class Approving(forms.Form):
    """Which draft was read (所审答复稿); nothing to be typed."""

    answer = forms.IntegerField(widget=forms.HiddenInput, required=False)


class Reason(forms.Form):
    """A reason (理由)."""

    reason = _text(lazy("理由"))


class Remark(forms.Form):
    """What is missing (修改意见)."""

    remark = _text(lazy("修改意见"))


class Extending(forms.Form):
    """How long, and why (延期)."""

    days = forms.IntegerField(label=lazy("延长几个工作日"), min_value=1, max_value=22)
    reason = _text(lazy("原因"), help_text=lazy("批准后会告诉反映人"))


class Agreeing(forms.Form):
    """Agree or not (是否同意)."""

    agreed = forms.TypedChoiceField(label=lazy("是否同意降级"), choices=(("1", lazy("同意")), ("0", lazy("不同意"))),
                                    coerce=lambda v: v == "1", widget=forms.RadioSelect)


class CallingBack(forms.Form):
    """Reached or not (回访)."""

    reached = forms.TypedChoiceField(
        label=lazy("是否联系上"), choices=(("1", lazy("联系上了")), ("0", lazy("未能联系上"))),
        coerce=lambda v: v == "1", widget=forms.RadioSelect)
    text = _text(lazy("回访记录"), required=False)


class Proceeding(Reason):
    """By which procedure (办理程序)."""

    procedure = forms.ChoiceField(label=lazy("改按"), choices=[(p.value, n) for p, n in PROCEDURE_NAMES.items()])
    field_order = ["procedure", "reason"]


class Telling(forms.Form):
    """What the speaker is told (告知去向)."""

    told = _text(lazy("告知去向"), help_text=lazy("反映人会看到这段话"))


class Linking(forms.Form):
    """The first one (初次件)."""

    earlier = forms.CharField(label=lazy("初次件编号"), max_length=11)


class Supervising(Text):
    """Why, how, and what is asked (督办); what was proposed has its reason already, and a leader instructs."""

    trigger = forms.ChoiceField(label=lazy("督办情形"), required=False, choices=[
        ("", lazy("请选择（领导督办、已提请的可以不选）")), *((t.code, t.name) for t in TRIGGERS.values())])
    way = forms.ChoiceField(label=lazy("方式"), required=False, initial="letter", choices=WAYS.items())
    text = _text(lazy("督办意见"))
    field_order = ["text", "trigger", "way"]

    def clean_way(self):
        return self.cleaned_data["way"] or "letter"


class WritingBack(Filed, Text):
    text = _text(lazy("督办结果"), help_text=lazy("做了什么、现在怎样；没有回告，督办不能结束"))


class Suggesting(Text):
    """One of the three proposals (三项建议)."""

    kind = forms.ChoiceField(label=lazy("建议"), choices=ADVICE.items())
    unit = UnitField(label=lazy("向哪个单位提"))
    text = _text(lazy("建议内容"))
    field_order = ["kind", "unit", "text"]


class Leading(forms.Form):
    """The five fixed things (五定)."""

    leader = forms.TypedChoiceField(label=lazy("包案领导"), coerce=int)
    unit = UnitField(label=lazy("责任单位"))
    hands = forms.CharField(label=lazy("责任人"), max_length=200)
    until = forms.DateField(label=lazy("化解时限"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                            help_text=lazy("最长三个月"))
    task = _text(lazy("化解方案"), max_length=400)
    duty = _text(lazy("责任"), max_length=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].choices = [(p.pk, p.title) for p in queries.leading_posts()]


class Concluding(Text):
    text = _text(lazy("化解结论"), help_text=lazy("提交即以包案领导岗位签字"))


class Judgement(Filed, Text):
    text = _text(lazy("复查意见"), help_text=lazy("反映人会看到这段话"))


class Hearing(Text):
    """Of what and up to when (举行听证)."""

    until = _day(lazy("听证到哪一天为止"), help_text=lazy("这些天不计入复核期限；到期没有点“听证结束”的，当晚自动结束"))


class PassingUp(Filed):
    """To which unit above, when, and how (转送上级单位)."""

    unit = forms.CharField(label=lazy("上级单位"), max_length=80, help_text=lazy("写全称，反映人会看到"))
    day = _day(lazy("转送、上报的日子"))
    way = forms.ChoiceField(label=lazy("方式"), choices=(("forward", lazy("转送")), ("report", lazy("上报"))),
                            widget=forms.RadioSelect)


class FromAbove(Filed):
    """What the unit above decided (上级结论)."""

    day = _day(lazy("上级作出结论的日子"))
    text = _text(lazy("结论"), help_text=lazy("照上级的文书写，可注明文号；反映人会看到这段话"))


class Reopening(forms.Form):
    """Why again (重新办理)."""

    reason = forms.ChoiceField(label=lazy("原因"), choices=(
        ("not_solved", lazy("没有解决")), ("false_closing", lazy("虚假办结")), ("dissatisfied", lazy("再次不满意"))))
    text = _text(lazy("说明"))


class Opening(forms.Form):
    """Whose identity, and why (查看身份)."""

    submission = forms.IntegerField(widget=forms.HiddenInput)
    reason = _text(lazy("查看理由"), help_text=lazy("会记入审计，反映人能看到哪个岗位看过"))


FORMS: dict[str, type[forms.Form]] = {
    "grade": Grading, "judge": Judging, "dispatch": Dispatching, "rule": Ruling, "regrade": Regrading,
    "lower": Regrading, "describe": Describing, "concern": Concerning, "unmark": Unmarking, "merge": Merging,
    "decline": Declining, "first_answer": FirstAnswer, "plan": Plan, "note": Note, "draft": Answer,
    "approve": Approving, "supervise": Supervising,
    "apply_review": Applying, "apply_third_review": Applying,
    "return": Reason, "suspend": Reason, "reject": Remark, "extend": Extending, "agree": Agreeing,
    "call_back": CallingBack, "reopen": Reopening, "uphold": Judgement, "redo": Judgement, "end": Judgement,
    "change": Judgement, "hearing": Hearing, "ask_pause": Reason, "procedure": Proceeding, "object": Reason,
    "hand_back": Telling, "link": Linking, "waive": Reason, "write_back": WritingBack, "suggest": Suggesting,
    "take_on": Leading, "case_note": Text, "conclude": Concluding,
    "pass_up": PassingUp, **dict.fromkeys(("upper_uphold", "upper_change", "upper_redo"), FromAbove),
}
"""The form of each step (各步表单); a step without one is a single button."""
