"""Parts of the pages that scripts in docs/ write from what the program itself declares."""
