"""Gather what is to be translated (收集用语): Django's own command, which is told our marks."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """`makemessages -l CODE` (收集用语); needs GNU gettext, as nothing else here does."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=lazy", "--keyword=spoken", "--keyword=word"]
