"""Whether rules are those that were decided (办法核对): a version changed behind the triggers shows.

What was decided and put in force keeps the digest of all that moves a score; the ledger has it too.
"""

from __future__ import annotations

from collections.abc import Iterator

from sangesan.ledger.facts.queries import entries

from ..models import Decision, InForce, RuleSet
from .frozen import frozen


def altered(row: RuleSet, digest: str) -> bool:
    """Return whether a version of this digest is no more what was decided and put in force (办法被改动)."""
    force = InForce.objects.filter(rule_set=row).first()
    bound = {one.digest for one in (force, Decision.objects.filter(rule_set=row).first()) if one}
    told = list(entries(kinds=["rules.decided", "rules.enforced"], subject=f"rules/{row.code}-{row.version}"))
    bound |= {str(fact.content["digest"]) for fact in told}
    dated = {str(fact.content["since"]) for fact in told if fact.kind == "rules.enforced"}
    return not bound <= {digest} or bool(force and dated) and force.since.isoformat() not in dated


def altered_versions() -> Iterator[RuleSet]:
    """Return the versions that are not as they were decided (被改动的办法)."""
    return (row for row in RuleSet.objects.order_by("pk") if altered(row, frozen(row).digest))
