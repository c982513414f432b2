"""What one build tells the next."""
