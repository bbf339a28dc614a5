"""Take a newer release of the course into a workspace, and lose nothing of its student's."""

from .updating import remember_delivery, update

__all__ = ["remember_delivery", "update"]
