"""Forms of the company above (上级报表模板): which there are, and one filled in."""

from __future__ import annotations

import io
from collections.abc import Mapping

from django.utils.translation import gettext as _

from sangesan.foundation.errors import NotFound

from .. import spreadsheet
from ..models import Form
from ..sandbox import environment
from .drawing import clean, plain_core


def forms() -> list[Form]:
    """Return the forms in use (在用报表模板), newest first; whoever shows them has judged the right."""
    return list(Form.objects.filter(retired_at=None).defer("content").order_by("-pk"))


def form_for(pk: int) -> Form:
    """Return one form in use (取报表模板), else NotFound."""
    found = Form.objects.filter(pk=pk, retired_at=None).first() if pk < 2**63 else None
    if found is None:
        raise NotFound()
    return found


def filled(form: Form, values: Mapping[str, str | int | float]) -> bytes:
    """Return a form filled in (填好的报表); what the house doesn't know is left to be written by hand."""
    said, spare = {name: clean(v) if isinstance(v, str) else v for name, v in values.items()}, _("（待填）")
    if form.ending == "xlsx":
        return spreadsheet.filled(bytes(form.content), said, spare)
    from docxtpl import DocxTemplate

    made = DocxTemplate(io.BytesIO(bytes(form.content)))
    made.render(dict.fromkeys(form.fields, spare) | said, environment(), autoescape=True)
    return plain_core(made)
