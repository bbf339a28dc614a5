"""Where you write: one package for each part of the day, and a test file for each step."""
