"""What the course's JupyterLab and its terminal read at their start."""
