"""The care system, one concept a file."""
