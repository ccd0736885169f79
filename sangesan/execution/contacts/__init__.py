"""Contact points (联系点): cadres and offices who keep in touch with grass-roots units, month by month."""
