"""A small reference event-sourcing core."""
