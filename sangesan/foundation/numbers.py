"""Numbers in forms (表单里的数): as people write them, with at most two decimals."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms

_WRITTEN = re.compile(r"[+-]?(\d{1,30}(\.\d{1,30})?|\.\d{1,30})", re.ASCII)


class Hundredths(forms.DecimalField):
    """A number with at most two decimals (两位小数), as a whole number of hundredths.

    Full-width digits are digits; a power of ten (1e5) is refused, for nobody means a hundred thousand by it.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"decimal_places": 2} | options)

    def to_python(self, value: Any) -> Any:
        said = unicodedata.normalize("NFKC", str(value)).strip()
        if value not in self.empty_values and not _WRITTEN.fullmatch(said):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(said if value not in self.empty_values else value)

    def clean(self, value: Any) -> int | None:
        found = super().clean(value)
        return None if found is None else int(found * 100)
