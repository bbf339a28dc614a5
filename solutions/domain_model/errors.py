"""How the domain says no. A malformed argument is Python's own `ValueError`."""

__all__ = ["DiscardedEntityError"]


class DiscardedEntityError(Exception):
    """An entity was used after it had been discarded.

    Attributes:
        kind: What sort of entity it is, such as "work item".
        entity_id: Its id, the one thing that it still tells.
    """

    def __init__(self, kind: str, entity_id: str) -> None:
        self.kind = kind
        self.entity_id = entity_id
        super().__init__(
            f"The {kind} {entity_id!r} was discarded: only its id is left."
        )
