"""Authority (权限): who may do what, judged from posts over unit × line × action.

Permissions come from posts, never from persons. A grant reaches a unit and all below it; a
matter lies within the reach of every unit on its paths (where it arose, who handles it), so
"is it mine?" is a set intersection, here and in the database alike (contracts.md, Who sees what).

>>> chief = Scope(person=1, posts=(), grants=frozenset({Grant(Action.HANDLE, 7)}))
>>> may(chief, Action.HANDLE, Thing(reach=frozenset({1, 3, 7})))
True
>>> may(chief, Action.HANDLE, Thing(reach=frozenset({1, 3, 8})))
False
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .facts import SYSTEM, Actor


class Action(StrEnum):
    """What can be done (操作)."""

    SEE = "matter.see"  # 查看事项
    REPORT = "matter.report"  # 上报
    REGISTER = "matter.register"  # 登记来信
    TRIAGE = "matter.triage"  # 研判定级、派单、并案、裁定退回
    HANDLE = "matter.handle"  # 签收、办理、退回、申请延期、拟答复
    APPROVE = "matter.approve"  # 审核答复、批准延期
    CALL_BACK = "matter.call_back"  # 回访
    CLOSE = "matter.close"  # 办结 C、B 级
    CLOSE_A = "matter.close_a"  # 办结 A 级
    SUPERVISE = "matter.supervise"  # 督办
    REVIEW = "matter.review"  # 复查、复核下级单位的办理意见
    CONFIRM_A = "matter.confirm_a"  # 值班领导确认或降低临时 A 级
    INSPECT = "matter.inspect"  # 查看和办理检举控告
    OPEN_IDENTITY = "identity.open"  # 查看保密身份
    SEE_RESULT = "result.see"  # 查看考核结果
    PUBLISH = "result.publish"  # 公布考核结果
    OVERVIEW = "desk.overview"  # 今日情况
    EDIT_ORGANIZATION = "organization.edit"  # 维护组织
    INVITE = "account.invite"  # 邀请、重置、停用账号
    AUDIT = "audit.see"  # 查看审计日志
    HEALTH = "health.see"  # 查看运行状况


class Role(StrEnum):
    """Kind of post (岗位类别)."""

    LEADER = "leader"  # 党委书记、矿长、分管领导
    SECRETARY = "secretary"  # 党支部书记
    CHIEF = "chief"  # 区队长、科长
    CREW_LEADER = "crew_leader"  # 班组长
    HANDLER = "handler"  # 承办人
    TRIAGE = "triage"  # 分办员
    CADRE = "cadre"  # 党委工作部干事
    CORRESPONDENT = "correspondent"  # 信息员
    DUTY = "duty"  # 值班领导
    INSPECTOR = "inspector"  # 纪检监察员
    UNION = "union"  # 工会干部
    YOUTH = "youth"  # 团干部
    ASSESSOR = "assessor"  # 考核员
    SYSTEM_ADMIN = "system_admin"  # 系统管理员
    SECURITY_ADMIN = "security_admin"  # 安全管理员
    AUDITOR = "auditor"  # 审计管理员
    MEMBER = "member"  # 其他岗位


class Reach(StrEnum):
    """How far a post's actions go (管辖范围)."""

    UNIT = "unit"  # the post's unit with all below it, and what a branch covers
    MINE = "mine"  # the whole enterprise the unit belongs to


A = Action
POWERS: dict[Role, tuple[Reach, frozenset[Action]]] = {
    Role.LEADER: (Reach.MINE, frozenset({A.SEE, A.APPROVE, A.CLOSE, A.CLOSE_A, A.SUPERVISE, A.REVIEW,
                                         A.SEE_RESULT, A.OVERVIEW})),
    Role.SECRETARY: (Reach.UNIT, frozenset({A.SEE, A.REPORT, A.HANDLE, A.APPROVE, A.CALL_BACK, A.CLOSE, A.SEE_RESULT})),
    Role.CHIEF: (Reach.UNIT, frozenset({A.SEE, A.REPORT, A.HANDLE, A.APPROVE, A.REVIEW, A.SEE_RESULT})),
    Role.CREW_LEADER: (Reach.UNIT, frozenset({A.SEE, A.REPORT, A.HANDLE})),
    Role.HANDLER: (Reach.UNIT, frozenset({A.SEE, A.REPORT, A.HANDLE})),
    Role.TRIAGE: (
        Reach.MINE,
        frozenset({A.SEE, A.REGISTER, A.TRIAGE, A.CALL_BACK, A.CLOSE, A.SUPERVISE, A.OPEN_IDENTITY}),
    ),
    Role.CADRE: (Reach.MINE, frozenset({A.SEE, A.REGISTER, A.CALL_BACK, A.CLOSE, A.SEE_RESULT, A.OVERVIEW})),
    Role.CORRESPONDENT: (Reach.UNIT, frozenset({A.REPORT})),
    Role.DUTY: (Reach.MINE, frozenset({A.SEE, A.CONFIRM_A})),
    Role.INSPECTOR: (Reach.MINE, frozenset({A.REPORT, A.INSPECT})),
    Role.UNION: (Reach.UNIT, frozenset({A.SEE, A.REPORT, A.REGISTER, A.CALL_BACK})),
    Role.YOUTH: (Reach.UNIT, frozenset({A.REPORT})),
    Role.ASSESSOR: (Reach.MINE, frozenset({A.SEE_RESULT, A.PUBLISH})),
    Role.SYSTEM_ADMIN: (Reach.MINE, frozenset({A.EDIT_ORGANIZATION, A.HEALTH})),
    Role.SECURITY_ADMIN: (Reach.MINE, frozenset({A.INVITE})),
    Role.AUDITOR: (Reach.MINE, frozenset({A.AUDIT})),
    Role.MEMBER: (Reach.UNIT, frozenset()),
}
SEPARATED = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
"""The three separated administrators (三员分立): nobody holds two, none reads matters."""


@dataclass(frozen=True)
class Grant:
    """One permission (授权): an action over a unit and all below it; `line` '' means any line."""

    action: Action
    unit: int
    line: str = ""


@dataclass(frozen=True)
class HeldPost:
    """A post as held on a day (任职)."""

    code: str
    title: str
    role: Role
    unit: int
    path: str
    line: str
    head: bool = False
    acting: bool = False


@dataclass(frozen=True)
class Scope:
    """What a person may reach at a moment (权限范围): posts, grants, whom they report to."""

    person: int
    posts: tuple[HeldPost, ...]
    grants: frozenset[Grant]
    name: str = ""
    superiors: frozenset[str] = frozenset()
    paths: tuple[str, ...] = field(default=())

    @property
    def actor(self) -> Actor:
        """The post under which this person acts in the ledger (行为岗位)."""
        return Actor.post(self.posts[0].code) if self.posts else SYSTEM

    @property
    def post_codes(self) -> frozenset[str]:
        return frozenset(p.code for p in self.posts)

    def units_for(self, action: Action, line: str | None = None) -> frozenset[int]:
        """Return the units over which the action is granted (某操作的管辖单位)."""
        return frozenset(
            g.unit for g in self.grants
            if g.action == action and (line is None or g.line in ("", line))
        )

    def can(self, action: Action) -> bool:
        """Return whether the action is granted anywhere (是否有此权限)."""
        return any(g.action == action for g in self.grants)


NOBODY = Scope(person=0, posts=(), grants=frozenset())


@dataclass(frozen=True)
class Thing:
    """What authority needs to know of an object (权限对象).

    `reach` holds the ids of all units on its paths; `posts` and `people` whom it is about;
    `sealed` that it has left the ordinary flow (检举控告).
    """

    reach: frozenset[int]
    line: str = ""
    posts: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    sealed: bool = False


def excluded(scope: Scope, thing: Thing) -> bool:
    """Return whether a conflict of interest shuts this person out (回避).

    It does for a holder, now or then, of a post the thing is about, and for whoever reports
    only to such posts (security.md, Conflict of interest).
    """
    if scope.person in thing.people or scope.post_codes & thing.posts:
        return True
    return bool(scope.superiors) and scope.superiors <= thing.posts


def may(scope: Scope, action: Action, thing: Thing) -> bool:
    """Judge one object (判定): is the action granted over a unit it lies in, with no conflict?

    What has left the ordinary flow answers to one action only, the inspectors' own.
    """
    if thing.sealed != (action == Action.INSPECT) or excluded(scope, thing):
        return False
    if action == Action.SEE and scope.person in thing.own:
        return True
    return bool(scope.units_for(action, thing.line or None) & thing.reach)
