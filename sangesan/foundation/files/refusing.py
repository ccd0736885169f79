"""Why a document can't be kept (不收的原因), as its reader says it to its parent."""


class Refused(Exception):
    """It can't be kept (不收), for a reason in one word."""
