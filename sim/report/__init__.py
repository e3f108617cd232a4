"""Turn result tables into a terminal table, figures and a page; never opens a log."""
