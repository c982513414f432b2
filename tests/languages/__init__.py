"""Sites of several languages."""
