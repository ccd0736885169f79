"""Words of the units (单位用语) for pages of other rooms."""

from .models import Line

LINES = [(Line.ADMINISTRATION.value, Line.ADMINISTRATION.label), *(
    (line.value, line.label) for line in (Line.PARTY, Line.UNION, Line.YOUTH)
)]
