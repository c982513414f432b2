"""Layouts: Jinja templates and phrases, checked before any page is rendered."""
