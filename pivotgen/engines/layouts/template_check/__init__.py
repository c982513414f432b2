"""The template check: what a layout asks for that its page does not have, without rendering."""
