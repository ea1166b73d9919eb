"""What all errors have in common."""

from __future__ import annotations

from typing import ClassVar


class ScoGraphError(Exception):
    """An error that the user can mend; the message says what, where, and the way out."""

    code: ClassVar[str] = "error"

    def __reduce__(self) -> tuple[object, ...]:
        # The usual way back from a pickle would call __init__ with the message.
        return _unpickled, (type(self), self.args, self.__dict__)


def _unpickled(kind: type[ScoGraphError], args: tuple[object, ...], state: dict[str, object]) -> ScoGraphError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
