"""Doors (门): each noun of a subject, the permission query that opens it, and what stands on it."""

from sangesan.appraisal.pay import queries as pay
from sangesan.appraisal.publication import queries as publication
from sangesan.decision.focus.queries import opener as focus
from sangesan.execution.analysis import queries as analysis
from sangesan.execution.care import queries as care
from sangesan.execution.contacts import queries as contacts
from sangesan.execution.contacts.queries.access import visits
from sangesan.execution.duties import queries as duties
from sangesan.execution.meetings import queries as meetings
from sangesan.execution.plans import queries as plans
from sangesan.execution.publicity import queries as publicity
from sangesan.execution.rectification import queries as rectification
from sangesan.execution.routines import queries as routines
from sangesan.execution.study import queries as study
from sangesan.execution.work import queries as work
from sangesan.feedback.intake.queries.boxes import boxes
from sangesan.feedback.intake.queries.reception import receptions
from sangesan.feedback.matters import queries as matters
from sangesan.feedback.matters.queries.access import signs as matter_signs
from sangesan.feedback.research import queries as research
from sangesan.feedback.sealed.queries import opener as sealed
from sangesan.feedback.warning.queries import calling, caring
from sangesan.foundation import door
from sangesan.organization.documents.queries import opener as document
from sangesan.organization.people.queries import signs as people_signs
from sangesan.organization.remarks.pages import opener as page
from sangesan.organization.remarks.queries import opener as remark
from sangesan.organization.units.queries import signs as unit_signs

door.hang("matters", matters.visible, "number")
door.hang("duties", duties.shown)
door.hang("routines", routines.shown, "code")
door.hang("contacts", contacts.pairs)
door.hang("visits", visits)
door.hang("meetings", meetings.visible)
door.hang("findings", rectification.findings)
door.hang("inspections", rectification.inspections)
door.hang("work", work.items)
door.hang("analyses", analysis.analyses)
door.hang("discussions", analysis.discussions)
door.hang("publicity", publicity.campaigns)
door.hang("openness", publicity.postings)
door.hang("talks", care.records)
door.hang("plans", plans.plans)
door.hang("reports", plans.reports)
door.hang("study", study.sessions)
door.hang("calls", calling.visible)
door.hang("care", caring.visible, "matter__number")
door.hang("topics", research.visible, "number")
door.hang("pay", pay.visible, "number")
door.hang("receptions", receptions)
door.hang("boxes", boxes, "code")

door.guard("discipline", sealed)
door.guard("focus", focus)
door.guard("documents", document)
door.guard("remarks", remark)
door.guard("pages", page)
door.guard("results", publication.door_to)
door.guard("appeals", publication.opener)

door.paint("matters", matter_signs)
door.paint("duties", duties.signs)
door.paint("routines", routines.signs)
door.paint("study", study.signs)
door.paint("people", people_signs)
door.paint("accounts", people_signs)
door.paint("units", unit_signs)
