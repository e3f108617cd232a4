"""Compare runs: paired differences and intervals; tables in, tables out."""
