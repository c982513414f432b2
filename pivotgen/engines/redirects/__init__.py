"""Reads, checks and extends content/redirects.yaml, a line for each address that has moved."""
