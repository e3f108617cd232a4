"""Mellanrum: try out care coordination in a Swedish place before reorganising it."""

__version__ = "0.1.0"
