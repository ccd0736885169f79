"""Scoring as an application: its tables are insert only."""

from django.apps import AppConfig

from sangesan.foundation import append_only


class ScoringConfig(AppConfig):
    name = "sangesan.appraisal.scoring"

    def ready(self):
        one = "id = NEW.id"
        append_only.protect("scoring_tree", same=["digest = NEW.digest"])
        append_only.protect("scoring_run", same=[
            one, "revises_id = NEW.revises_id",
            "NEW.revises_id IS NULL AND revises_id IS NULL AND scope = NEW.scope AND period = NEW.period"
            " AND until = NEW.until",
        ])
        append_only.protect("scoring_score", same=[
            one, "run_id = NEW.run_id AND unit_id = NEW.unit_id AND line = NEW.line",
        ])
        append_only.protect("scoring_postscore", same=[one, "run_id = NEW.run_id AND post_id = NEW.post_id"])
        append_only.protect("scoring_personscore", same=[one, "run_id = NEW.run_id AND person_id = NEW.person_id"])
        append_only.protect("scoring_headcount", same=[one, "unit_id = NEW.unit_id AND since = NEW.since"])
        append_only.protect("scoring_handentry", same=[one, "fact = NEW.fact"])
        append_only.protect("scoring_handcheck", same=["entry_id = NEW.entry_id", "fact = NEW.fact"])
