"""Handbooks as an application: it has no tables, books are views of facts."""

from django.apps import AppConfig


class HandbooksConfig(AppConfig):
    name = "sangesan.appraisal.handbooks"
