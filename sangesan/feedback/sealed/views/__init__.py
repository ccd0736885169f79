"""Pages of the inspectors (纪检监察页面)."""
