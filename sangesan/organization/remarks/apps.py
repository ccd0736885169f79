"""Remarks as an application: what was instructed stays as it was said."""

from django.apps import AppConfig


class RemarksConfig(AppConfig):
    """The app of remarks (批示与回复)."""

    name = "sangesan.organization.remarks"
