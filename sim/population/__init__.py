"""Who lives in the place, and how stable their lives are."""
