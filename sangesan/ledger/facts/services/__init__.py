"""Changes of the ledger (台账变更): record, reverse, erase, seal; where reactions stand."""

from .erasing import erase_body, erase_words
from .reactions import advance, set_aside
from .recording import attach, record, record_batch, reverse
from .sealing import keep_company, seal, seal_speakers, seal_work

__all__ = ["advance", "attach", "erase_body", "erase_words", "keep_company", "record", "record_batch", "reverse",
           "seal", "seal_speakers", "seal_work", "set_aside"]
