"""Asks the student's objects, which may answer with anything, with errors, or without end.

Whatever they do becomes a value that can be shown, or a `CannotDrawError` that says in one sentence
what went wrong and what to do. Ctrl-C alone goes through.
"""

from collections.abc import Callable, Iterable, Iterator
from inspect import getattr_static
from itertools import islice

from workshop.course.errors import CourseError

from ..harmless import harmless
from ..words import without_full_stop

__all__ = [
    "CannotDrawError",
    "ask",
    "capitalised",
    "each",
    "failure",
    "is_discarded",
    "kind",
    "offers",
    "take",
    "words",
]


class CannotDrawError(CourseError):
    """There is nothing that could be drawn; the message says why, and what to do."""


def ask(owner: object, name: str, called: str) -> object:
    """An attribute of an object that the message calls `called`.

    Raises:
        CannotDrawError: There is none, or its property raises something.
    """
    try:
        return getattr(owner, name)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        if not offers(owner, name):
            sentence = (
                f"{capitalised(called)} is {kind(owner)} and has no `{name}`; give it one, then "
                "run the cell again."
            )
        else:
            sentence = (
                f"{failure(f'`{name}` of {called}', error)}; mend it, then run the cell again."
            )
        raise CannotDrawError(sentence) from error


def offers(owner: object, name: str) -> bool:
    """Whether an object has an attribute at all; that asking for it fails is another matter."""
    try:
        getattr(owner, name)
    except AttributeError:
        return getattr_static(owner, name, owner) is not owner
    except KeyboardInterrupt:
        raise
    except BaseException:
        return True
    return True


def each(several: object, called: str) -> Iterator[object]:
    """One thing of a collection after the other, as it gives them.

    Raises:
        CannotDrawError: It is no collection, or it raises something on the way.
    """
    if isinstance(several, str | bytes) or not isinstance(several, Iterable):
        raise CannotDrawError(
            f"{capitalised(called)} should be a collection, such as a list, and is {kind(several)}."
        )
    things: Iterator[object] | None = None
    while True:
        try:
            things = iter(several) if things is None else things
            thing = next(things)
        except StopIteration:
            return
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            sentence = f"{failure(capitalised(called), error)}; mend it, then run the cell again."
            raise CannotDrawError(sentence) from error
        yield thing


def take(several: object, limit: int, called: str) -> tuple[tuple[object, ...], bool]:
    """The first things of a collection, and whether there are more than `limit`.

    Raises:
        CannotDrawError: It is no collection, or it raises something on the way.
    """
    taken = tuple(islice(each(several, called), limit + 1))
    return taken[:limit], len(taken) > limit


def capitalised(text: str) -> str:
    """The text, fit to begin a sentence."""
    return text[:1].upper() + text[1:]


def failure(what: str, error: BaseException) -> str:
    """The beginning of a sentence: that `what` raises an error, or is still blank."""
    said = without_full_stop(words(error, 200))
    if isinstance(error, NotImplementedError):
        return f"{what} needs a blank that is still to be filled ({said})"
    name = words(type(error).__name__, 80)
    return f"{what} raises {name}{f': {said}' if said != '(blank)' else ''}"


def is_discarded(error: CannotDrawError) -> bool:
    """Whether the object refused to answer because it was discarded."""
    kinds = type(error.__cause__).__mro__
    return any(kind.__name__ == "DiscardedEntityError" for kind in kinds)


def kind(value: object) -> str:
    """What a value is, to be named in a sentence."""
    if value is None:
        return "`None`"
    if isinstance(value, type):
        return f"the class `{words(value.__name__, 80)}` itself"
    name = words(type(value).__name__, 80)
    return f"{'an' if name[:1] in 'aeiouAEIOU' else 'a'} `{name}`"


def words(value: object, limit: int, show: Callable[[object], str] = str) -> str:
    """Any value on one line of harmless characters, at most `limit` of them."""
    try:
        told = show(value)
    except KeyboardInterrupt:
        raise
    except BaseException:
        told = f"({type(value).__name__} that cannot be shown)"
    # A megabyte is cut before it is looked at, and room is left for what cleaning takes away.
    line = " ".join(harmless(told[: 8 * limit]).split())
    shortened = f"{line[: limit - 1]}…" if len(line) > limit else line
    return shortened or "(blank)"
