"""Files at the edge: read, checked once, and handed on as frozen values."""
