"""The generators that take part, one file each."""
