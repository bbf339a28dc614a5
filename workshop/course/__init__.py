"""The course engine: steps, blanks, checking, diagnosis, progress, workspace."""
