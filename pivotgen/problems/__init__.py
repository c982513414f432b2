"""The codes of problems, and the forms in which problems are shown."""
