"""Nouns: frozen data that every other room may hold. Standard library only, no input or output."""
