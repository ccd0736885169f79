"""Routines (制度): what recurs, as data: who, how often, how, who checks; versions, and the duties made from them."""
