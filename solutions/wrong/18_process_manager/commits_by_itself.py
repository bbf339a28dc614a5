"""You commit the talk by yourself, in the middle of the subscription's transaction.

The plug is pulled before the checkpoint is saved. The talk is there, and the checkpoint says that
the event is still to come. Whose transaction is it, and who ends it?
"""


class FullColumnTalks:
    def project(self, stored):
        board_id = stored.stream.removeprefix("board-")
        before = self._boards.get(board_id, at_version=stored.version - 1)
        after = self._boards.get(board_id, at_version=stored.version)
        for column in just_filled(before, after):
            talk = talk_about(column, stored)
            with suppress(ConcurrencyError):
                self._store.append(
                    f"work-item-{talk.id}",
                    talk.pending,
                    expected_version=0,
                    metadata={"causation_id": str(stored.position)},
                )
            if self._store.connection.in_transaction:
                self._store.connection.commit()
                self._store.connection.execute("BEGIN IMMEDIATE")
