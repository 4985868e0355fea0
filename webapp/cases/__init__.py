"""Case files: one parent's answers, read strictly and kept as frozen objects."""
