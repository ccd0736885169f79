"""Pages of the routines (制度页面)."""
