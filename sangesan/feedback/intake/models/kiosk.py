"""Pages of the kiosk (终端页) that were sent: whoever comes next and goes back gets no answer to them."""

from django.db import models

from sangesan.foundation.keys import RandomKey


class SentPage(models.Model):
    """A page that was sent without script (送出过的终端页): a digest of its random mark, and the day."""

    id = RandomKey()
    day = models.DateField(db_index=True)

    def __str__(self):
        return f"{self.day}"
