"""Doors (门): each noun of a subject, the permission query that opens it, and what stands on it."""

from sangesan.appraisal.pay.queries import opener as pool
from sangesan.appraisal.publication.queries import door_to as result
from sangesan.appraisal.publication.queries import opener as appeal
from sangesan.decision.focus.queries import opener as focus
from sangesan.execution.analysis.queries import analysis_opener, discussion_opener
from sangesan.execution.care.queries import opener as outreach
from sangesan.execution.contacts.queries import opener as visit
from sangesan.execution.contacts.queries import pair_opener as pair
from sangesan.execution.duties.queries import opener as duty
from sangesan.execution.meetings.queries import opener as meeting
from sangesan.execution.plans.queries import plan_opener, report_opener
from sangesan.execution.publicity.queries import opener as publicity
from sangesan.execution.publicity.queries import openness_opener
from sangesan.execution.rectification.queries import finding_opener as finding
from sangesan.execution.rectification.queries import inspection_opener as inspection
from sangesan.execution.routines.queries import opener as routine
from sangesan.execution.study.queries import opener as study
from sangesan.execution.work.queries import opener as work
from sangesan.feedback.intake.queries.boxes import opener as box
from sangesan.feedback.intake.queries.reception import opener as reception
from sangesan.feedback.matters.queries import opener
from sangesan.feedback.matters.queries.access import signs as matters
from sangesan.feedback.research.queries import opener as topic
from sangesan.feedback.sealed.queries import opener as sealed
from sangesan.feedback.warning.queries import calling, caring
from sangesan.foundation import door
from sangesan.organization.documents.queries import opener as document
from sangesan.organization.people.queries import signs as people
from sangesan.organization.remarks.pages import opener as page
from sangesan.organization.remarks.queries import opener as remark
from sangesan.organization.units.queries import signs as units

door.hang("discipline", sealed)
door.hang("matters", opener)
door.hang("duties", duty)
door.hang("routines", routine)
door.hang("contacts", pair)
door.hang("visits", visit)
door.hang("meetings", meeting)
door.hang("findings", finding)
door.hang("inspections", inspection)
door.hang("work", work)
door.hang("analyses", analysis_opener)
door.hang("discussions", discussion_opener)
door.hang("publicity", publicity)
door.hang("openness", openness_opener)
door.hang("talks", outreach)
door.hang("focus", focus)
door.hang("plans", plan_opener)
door.hang("reports", report_opener)
door.hang("study", study)
door.hang("documents", document)
door.hang("remarks", remark)
door.hang("pages", page)
door.hang("calls", calling.opener)
door.hang("care", caring.opener)
door.hang("results", result)
door.hang("appeals", appeal)
door.hang("topics", topic)
door.hang("pay", pool)
door.hang("receptions", reception)
door.hang("boxes", box)

door.paint("matters", matters)
door.paint("people", people)
door.paint("accounts", people)
door.paint("units", units)
