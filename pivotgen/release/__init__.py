"""A built site as a release: what it consists of, what a target has, and how one becomes the other.

Nothing here knows a service: stores and caches are handed in.
"""
