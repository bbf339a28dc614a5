"""A picture, ready to be displayed."""

from dataclasses import dataclass

__all__ = ["Picture"]


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """What a notebook shows as HTML, and a terminal as text.

    Attributes:
        html: A `div` that needs nothing from elsewhere.
        plain: Lines without colour or boxes, for terminals and for ears.
    """

    html: str
    plain: str

    def __repr__(self) -> str:
        return self.plain

    def _repr_html_(self) -> str:
        return self.html
