"""Borrowed power: each third-party library enters through one file."""
