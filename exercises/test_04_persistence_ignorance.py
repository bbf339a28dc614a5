"""Step 4: a repository is a collection; the domain imports no infrastructure."""

import ast
import importlib.util
import inspect
import sys
from datetime import date
from pathlib import Path

import pytest


def item(domain, work_item_id):
    """An item of this id."""
    return domain.register_work_item("Fix the login", work_item_id=work_item_id)


def new_board(domain, name="Support", *, board_id="support"):
    """A board in use: it has a full column, and items that have moved along."""
    board = domain.create_board(name, "for all", board_id=board_id)
    board.add_column("To do", column_id="todo")
    board.add_column("Doing", wip_limit=1, column_id="doing")
    board.add_column("Done", column_id="done")
    for work_item_id in ("item-3", "item-2", "item-1"):
        board.schedule(item(domain, work_item_id))
    board.advance(item(domain, "item-2"))
    return board


def repository_of(domain, *boards):
    """A repository in which these boards were saved, in this order."""
    repository = domain.InMemoryBoardRepository()
    for board in boards:
        repository.save(board)
    return repository


def words(board):
    """What a board tells about itself: a line for the board and one for each column."""
    lines = [f"{board.name}: {board.description}"]
    for column in board.columns:
        limit = "" if column.wip_limit is None else f" ({column.wip_limit})"
        items = f": {', '.join(column.work_item_ids)}" if column.work_item_ids else ""
        lines.append(f"{column.name}{limit}{items}")
    return lines


def ids(boards):
    """The ids of the boards that were found, in their order."""
    return [board.id for board in boards]


# Keeping boards


def test_a_new_repository_holds_no_boards(domain):
    boards = domain.InMemoryBoardRepository()

    assert ids(boards.all()) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_saved_board_is_found_by_its_id(domain, number):
    boards = repository_of(domain, *(new_board(domain, board_id=f"board-{n}") for n in (1, 2, 3)))

    assert boards.get(f"board-{number}").id == f"board-{number}"


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(lambda board: board.name, id="its name"),
        pytest.param(lambda board: board.description, id="its description"),
        pytest.param(lambda board: [c.name for c in board.columns], id="its columns in order"),
        pytest.param(lambda board: [c.id for c in board.columns], id="the ids of its columns"),
        pytest.param(lambda board: [c.wip_limit for c in board.columns], id="their limits"),
        pytest.param(
            lambda board: [list(c.work_item_ids) for c in board.columns],
            id="the items in each, in order",
        ),
    ],
)
def test_a_board_comes_back_as_it_was_saved(domain, told):
    board = new_board(domain)
    before = told(board)

    boards = repository_of(domain, board)

    assert told(boards.get("support")) == before


def test_a_board_that_comes_back_still_obeys_its_rules(domain):
    boards = repository_of(domain, new_board(domain))
    board = boards.get("support")

    with pytest.raises(domain.WorkLimitError):
        board.advance(item(domain, "item-3"))


def test_a_board_can_be_found_changed_and_saved_again(domain):
    boards = repository_of(domain, new_board(domain))

    board = boards.get("support")
    board.rename("Help desk")
    board.advance(item(domain, "item-2"))
    boards.save(board)

    assert words(boards.get("support")) == [
        "Help desk: for all",
        "To do: item-3, item-1",
        "Doing (1)",
        "Done: item-2",
    ]


def test_a_board_that_is_saved_again_takes_the_place_of_what_was_saved_before(domain):
    board = new_board(domain)
    boards = repository_of(domain, board)

    board.rename("Help desk")
    boards.save(board)

    assert [kept.name for kept in boards.all()] == ["Help desk"]


def test_all_boards_come_in_the_order_in_which_they_were_first_saved(domain):
    saved = [new_board(domain, board_id=board_id) for board_id in ("second", "third", "first")]
    boards = repository_of(domain, *saved)

    boards.save(saved[0])

    assert ids(boards.all()) == ["second", "third", "first"]


def test_two_repositories_have_no_board_in_common(domain):
    one, other = domain.InMemoryBoardRepository(), domain.InMemoryBoardRepository()

    one.save(new_board(domain))

    assert ids(other.all()) == []


# What is kept, and what is in your hands

CHANGES = [
    pytest.param(lambda domain, board: board.rename("Help desk"), id="another name"),
    pytest.param(lambda domain, board: board.describe("for everybody"), id="another description"),
    pytest.param(lambda domain, board: board.add_column("Waiting"), id="one column more"),
    pytest.param(
        lambda domain, board: board.rename_column("doing", "Busy"), id="another name of a column"
    ),
    pytest.param(
        lambda domain, board: board.change_wip_limit("doing", None), id="another limit of a column"
    ),
    pytest.param(
        lambda domain, board: board.abandon(item(domain, "item-1")), id="an item abandoned"
    ),
    pytest.param(lambda domain, board: board.discard(), id="the board discarded"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_after_saving_is_not_kept_before_the_board_is_saved_again(domain, change):
    board = new_board(domain)
    before = words(board)
    boards = repository_of(domain, board)

    change(domain, board)

    assert words(boards.get("support")) == before


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_to_a_board_that_was_found_is_not_kept_before_it_is_saved(domain, change):
    boards = repository_of(domain, new_board(domain))
    before = words(boards.get("support"))

    change(domain, boards.get("support"))

    assert words(boards.get("support")) == before


def test_two_who_find_the_same_board_do_not_see_each_others_changes(domain):
    boards = repository_of(domain, new_board(domain))
    mine, yours = boards.get("support"), boards.get("support")
    before = words(yours)

    mine.rename("Help desk")
    mine.abandon(item(domain, "item-1"))

    assert words(yours) == before


def test_a_board_that_is_saved_later_does_not_turn_up_in_an_earlier_answer(domain):
    boards = repository_of(domain, new_board(domain, board_id="first"))
    answer = boards.all()

    boards.save(new_board(domain, board_id="second"))

    assert ids(answer) == ["first"]


def test_a_discarded_board_is_not_saved(domain):
    boards = domain.InMemoryBoardRepository()
    board = new_board(domain)
    board.discard()

    with pytest.raises(domain.DiscardedEntityError, match="support"):
        boards.save(board)

    assert ids(boards.all()) == []


def test_a_refused_save_leaves_what_was_saved_before(domain):
    board = new_board(domain)
    before = words(board)
    boards = repository_of(domain, board)
    board.discard()

    with pytest.raises(domain.DiscardedEntityError):
        boards.save(board)

    assert words(boards.get("support")) == before


# Finding and removing by id


@pytest.mark.parametrize(
    "board_id",
    [
        pytest.param("sales", id="an unknown id"),
        pytest.param("Support", id="the name of a board"),
        pytest.param("sup", id="the beginning of an id"),
    ],
)
def test_no_board_is_found_by(domain, board_id):
    boards = repository_of(domain, new_board(domain))

    with pytest.raises(domain.BoardNotFoundError):
        boards.get(board_id)


def test_the_refusal_to_find_a_board_names_the_id(domain):
    boards = repository_of(domain, new_board(domain))

    with pytest.raises(domain.BoardNotFoundError, match="sales"):
        boards.get("sales")


def test_a_removed_board_is_not_found(domain):
    boards = repository_of(domain, new_board(domain))

    boards.remove("support")

    with pytest.raises(domain.BoardNotFoundError):
        boards.get("support")


def test_removing_a_board_leaves_the_others(domain):
    saved = [new_board(domain, board_id=board_id) for board_id in ("first", "second", "third")]
    boards = repository_of(domain, *saved)

    boards.remove("second")

    assert ids(boards.all()) == ["first", "third"]


def test_a_removed_board_can_be_saved_again(domain):
    board = new_board(domain)
    boards = repository_of(domain, board)
    boards.remove("support")

    boards.save(board)

    assert ids(boards.all()) == ["support"]


def test_a_board_that_was_never_saved_cannot_be_removed(domain):
    boards = repository_of(domain, new_board(domain))

    with pytest.raises(domain.BoardNotFoundError, match="sales"):
        boards.remove("sales")


def test_a_board_cannot_be_removed_twice(domain):
    boards = repository_of(domain, new_board(domain))
    boards.remove("support")

    with pytest.raises(domain.BoardNotFoundError):
        boards.remove("support")


# Finding by name, and by what a board is like


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Sales", id="a name of no board"),
        pytest.param("Supp", id="the beginning of a name"),
        pytest.param("Support desk", id="a name and more"),
        pytest.param("support", id="a name in small letters"),
    ],
)
def test_there_may_be_no_board_of_a_name(domain, name):
    boards = repository_of(domain, new_board(domain, "Support", board_id="first"))

    assert ids(boards.named(name)) == []


def test_there_may_be_several_boards_of_a_name(domain):
    boards = repository_of(
        domain,
        new_board(domain, "Support", board_id="first"),
        new_board(domain, "Sales", board_id="second"),
        new_board(domain, "Support", board_id="third"),
    )

    assert sorted(ids(boards.named("Support"))) == ["first", "third"]


def test_a_renamed_board_is_found_by_its_new_name_once_it_is_saved(domain):
    board = new_board(domain, "Support")
    boards = repository_of(domain, board)

    board.rename("  Help desk ")
    boards.save(board)

    assert ids(boards.named("Help desk")) == ["support"]


def test_a_renamed_board_is_no_longer_found_by_its_old_name(domain):
    board = new_board(domain, "Support")
    boards = repository_of(domain, board)

    board.rename("Help desk")
    boards.save(board)

    assert ids(boards.named("Support")) == []


def test_boards_are_found_for_which_something_holds_in_the_order_of_all(domain):
    waiting = new_board(domain, board_id="second")
    other = new_board(domain, board_id="third")
    also_waiting = new_board(domain, board_id="first")
    for board in (waiting, also_waiting):
        board.add_column("Waiting")
    boards = repository_of(domain, waiting, other, also_waiting)

    found = boards.matching(lambda board: len(board.columns) == 4)

    assert ids(found) == ["second", "first"]


def test_something_may_hold_for_no_board(domain):
    boards = repository_of(domain, new_board(domain))

    assert ids(boards.matching(lambda board: len(board.columns) == 7)) == []


@pytest.mark.parametrize(
    "find",
    [
        pytest.param(lambda boards: boards.all(), id="among all"),
        pytest.param(lambda boards: boards.named("Support"), id="by its name"),
        pytest.param(lambda boards: boards.matching(lambda board: True), id="by what it is like"),
    ],
)
def test_a_board_is_your_own_copy_when_it_was_found(domain, find):
    boards = repository_of(domain, new_board(domain))
    before = words(boards.get("support"))

    (found,) = find(boards)
    found.rename("Help desk")
    found.abandon(item(domain, "item-1"))

    assert words(boards.get("support")) == before


@pytest.mark.parametrize(
    "find",
    [
        pytest.param(lambda boards: boards.all(), id="all boards"),
        pytest.param(lambda boards: boards.named("Support"), id="boards of a name"),
        pytest.param(lambda boards: boards.matching(lambda board: True), id="boards that match"),
    ],
)
def test_an_answer_of_several_boards_is_a_tuple(domain, find):
    found = find(repository_of(domain, new_board(domain)))

    is_a_tuple = isinstance(found, tuple)
    assert is_a_tuple, f"a tuple was promised, and this is a {type(found).__name__}"


# A repository of another kind


def boards_on_paper(domain, *boards):
    """A repository that can do `save`, `remove` and `all`, and has the finders from yours."""

    class OnPaper(domain.BoardRepository):
        def __init__(self):
            self.sheets = list(boards)

        def save(self, board):
            self.sheets.append(board)

        def remove(self, board_id):
            self.sheets = [board for board in self.sheets if board.id != board_id]

        def all(self):
            return tuple(self.sheets)

    return OnPaper()


@pytest.mark.parametrize(
    "find",
    [
        pytest.param(lambda boards: [boards.get("second")], id="by its id"),
        pytest.param(lambda boards: boards.named("Sales"), id="by its name"),
        pytest.param(
            lambda boards: boards.matching(lambda board: board.id == "second"),
            id="by what it is like",
        ),
    ],
)
def test_wherever_a_repository_keeps_its_boards_one_is_found(domain, find):
    boards = boards_on_paper(
        domain,
        new_board(domain, "Support", board_id="first"),
        new_board(domain, "Sales", board_id="second"),
    )

    assert ids(find(boards)) == ["second"]


# What is overdue
#
# These days are long over, or far away: your clock must not matter.

JULY_2, JULY_3, JULY_4 = date(2009, 7, 2), date(2009, 7, 3), date(2009, 7, 4)


def promised(domain, name, due_date, work_item_id=None):
    """An item that was promised for a day, or for none."""
    return domain.register_work_item(name, due_date=due_date, work_item_id=work_item_id)


def names(items):
    """The names of the items that were found, in their order."""
    return [item.name for item in items]


def test_an_item_is_overdue_once_its_day_is_over(domain):
    items = [promised(domain, "Fix the login", JULY_3)]

    assert names(domain.overdue_work_items(items, today=JULY_4)) == ["Fix the login"]


@pytest.mark.parametrize(
    "today",
    [pytest.param(JULY_2, id="the day before"), pytest.param(JULY_3, id="the day itself")],
)
def test_an_item_is_not_overdue_until_its_day_is_over(domain, today):
    items = [promised(domain, "Fix the login", JULY_3)]

    assert names(domain.overdue_work_items(items, today=today)) == []


@pytest.mark.parametrize(
    ("due_date", "today", "overdue"),
    [
        pytest.param(date(1969, 7, 20), date(1969, 7, 19), [], id="long ago"),
        pytest.param(date(2169, 7, 20), date(2169, 7, 21), ["Land"], id="in a far future"),
    ],
)
def test_what_is_overdue_is_asked_of_the_day_that_is_passed_in(domain, due_date, today, overdue):
    items = [promised(domain, "Land", due_date)]

    assert names(domain.overdue_work_items(items, today=today)) == overdue


def test_an_item_without_a_due_date_is_never_overdue(domain):
    items = [promised(domain, "Tidy up", None), promised(domain, "Fix the login", JULY_3)]

    assert names(domain.overdue_work_items(items, today=JULY_4)) == ["Fix the login"]


def test_the_item_that_waits_longest_comes_first(domain):
    items = [
        promised(domain, "Fix the login", JULY_2),
        promised(domain, "Answer the letter", JULY_3),
        promised(domain, "Write the report", date(2009, 6, 30)),
    ]

    assert names(domain.overdue_work_items(items, today=JULY_4)) == [
        "Write the report",
        "Fix the login",
        "Answer the letter",
    ]


def test_items_of_the_same_day_keep_their_order(domain):
    items = [
        promised(domain, "Fix the login", JULY_3, "item-2"),
        promised(domain, "Write the report", JULY_3, "item-3"),
        promised(domain, "Answer the letter", JULY_3, "item-1"),
    ]

    assert names(domain.overdue_work_items(items, today=JULY_4)) == names(items)


def test_the_items_may_come_one_after_another(domain):
    """As those of a generator do: it has no length, and can be gone through once."""
    items = [promised(domain, "Fix the login", JULY_3), promised(domain, "Tidy up", JULY_2)]

    found = domain.overdue_work_items(iter(items), today=JULY_4)

    assert names(found) == ["Tidy up", "Fix the login"]


def test_asking_what_is_overdue_leaves_the_list_of_the_asker_as_it_was(domain):
    items = [promised(domain, "Fix the login", JULY_3), promised(domain, "Tidy up", JULY_2)]

    domain.overdue_work_items(items, today=JULY_4)

    assert names(items) == ["Fix the login", "Tidy up"]


def test_the_answer_to_what_is_overdue_is_a_tuple(domain):
    found = domain.overdue_work_items([], today=JULY_4)

    is_a_tuple = isinstance(found, tuple)
    assert is_a_tuple, f"a tuple was promised, and this is a {type(found).__name__}"


# What the domain knows nothing of

STORAGE = ("dbm", "json", "pickle", "shelve", "sqlite3")


def imports_of(file):
    """The full name of everything that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(inspect.getsource(file))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            source = importlib.util.resolve_name(source, file.__package__)
            yield from (f"{source}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    "of_the_domain",
    [
        pytest.param("Board", id="the file of the board"),
        pytest.param("WorkItem", id="the file of the work item"),
        pytest.param("overdue_work_items", id="the file of the overdue items"),
    ],
)
def test_nothing_that_keeps_boards_is_imported_by(domain, of_the_domain):
    repositories = [domain.BoardRepository, type(domain.InMemoryBoardRepository())]
    file = sys.modules[getattr(domain, of_the_domain).__module__]
    keepers = {
        *STORAGE,
        *(repository.__module__ for repository in repositories),
        *(f"{domain.__name__}.{repository.__name__}" for repository in repositories),
    }

    for imported in imports_of(file):
        keeps = any(f"{imported}.".startswith(f"{keeper}.") for keeper in keepers)
        shown = imported.removeprefix(f"{domain.__name__}.")
        assert not keeps, f"{Path(file.__file__).name} should do without {shown}"
