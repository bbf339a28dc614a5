"""Event-Sourced Domain Models in Python: the workshop."""
