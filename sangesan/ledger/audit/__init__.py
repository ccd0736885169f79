"""Audit log (审计日志): readings of identity, exports, changes of rights."""
