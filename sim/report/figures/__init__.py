"""Draw the figures of the report, one file per figure."""
