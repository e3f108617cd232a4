"""Measure a run: every outcome is a pure function of an observation; one file per outcome or family."""
