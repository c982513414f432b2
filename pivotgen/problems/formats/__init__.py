"""One file for each format in which other programs read problems."""
