"""The first start in a clone: makes `.venv`, with uv or with venv and pip."""
