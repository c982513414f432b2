"""Borrowed power: third-party libraries, except the command line's, are imported only here."""
