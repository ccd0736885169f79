"""Pages of the networks (联络网页面)."""
