"""Speaks the Language Server Protocol with an editor."""
