"""Sandbox (沙箱): the only environment in which Word templates are read and filled in."""

from __future__ import annotations

from functools import cache

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the environment (沙箱): escaped, no global, no filter, no test, an unknown name is a fault."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals, made.filters, made.tests = {}, {}, {}
    return made
