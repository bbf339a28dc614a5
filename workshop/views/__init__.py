"""Results of the course as rich text, plain text, HTML and JSON."""
