"""Whether rules are those that were decided (办法核对): a version changed behind the triggers shows.

What was decided keeps the digest of the whole text, what was put in force that of all that moves a score; the
ledger has both, too. What was decided before the words were bound keeps the digest of what moves a score.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sangesan.ledger.facts.queries import entries

from ..models import Decision, InForce, RuleSet
from .frozen import frozen, more

_WORDS = ("name", "standard", "field", "side", "lead", "evidence", "book", "section", "objector")
"""What an indicator says that moves no score; left out of the digest where it is as by default."""


def whole(row: RuleSet) -> str:
    """Return the digest of all a version says (全文摘要): what moves a score, names, standards, places in the books."""
    said = [frozen(row).digest, row.name, [[i.code, *more(i, _WORDS)] for i in row.indicators.all()]]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def altered(row: RuleSet) -> bool:
    """Return whether a version is no more what was decided and put in force (办法被改动)."""
    force = InForce.objects.filter(rule_set=row).first()
    bound = {one.digest for one in (force, Decision.objects.filter(rule_set=row).first()) if one}
    told = list(entries(kinds=["rules.decided", "rules.enforced"], subject=f"rules/{row.code}-{row.version}"))
    bound |= {str(fact.content["digest"]) for fact in told}
    dated = {str(fact.content["since"]) for fact in told if fact.kind == "rules.enforced"}
    return (not bound <= {frozen(row).digest, whole(row)}
            or bool(force and dated) and force.since.isoformat() not in dated)


def altered_versions() -> Iterator[RuleSet]:
    """Return the versions that are not as they were decided (被改动的办法)."""
    return (row for row in RuleSet.objects.order_by("pk") if altered(row))
