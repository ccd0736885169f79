"""Speakers (身份与回执): receipts and the identity vault."""
