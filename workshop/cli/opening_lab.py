"""The commands that open JupyterLab."""

import argparse

from workshop.cli.answers import PASSED, say, show
from workshop.cli.options import Commands, lab_options, step
from workshop.course.manifest import Course
from workshop.course.session import Session
from workshop.course.workspace import MANIFEST, find_root

__all__ = ["add_to", "start"]


def add_to(commands: Commands) -> None:
    """Add them to the parser."""
    lab = commands.add_parser("lab", help="open JupyterLab arranged for a step")
    step(lab)
    lab_options(lab)
    lab.set_defaults(run=_lab)

    demo = commands.add_parser("demo", help="open a demonstration in JupyterLab")
    demo.add_argument("demo", nargs="?", help="its number or name; default: say which there are")
    lab_options(demo)
    demo.set_defaults(run=_demo)


def start(arguments: argparse.Namespace) -> int:
    """Open JupyterLab; inside it, or while it runs, say where the student is."""
    from workshop.lab import running_lab

    session = Session.open()
    if running_lab(session.root) is None:
        arguments.step = None
        return _lab(arguments)
    show(session.status(), arguments)
    return PASSED


def _lab(arguments: argparse.Namespace) -> int:
    from workshop.course.update import remember_at_first
    from workshop.lab import Arrangement, open_lab

    session = Session.open()
    if not session.log().entries:
        remember_at_first(session.root)
    notebook, file = session.desk(arguments.step)
    session.close()
    return open_lab(
        session.root,
        Arrangement(notebook=notebook, file=file),
        browser=not arguments.no_browser,
        port=arguments.port,
        say=say,
    )


def _demo(arguments: argparse.Namespace) -> int:
    from workshop.course.decks import demos_of, named
    from workshop.course.slide_times import solution_beside
    from workshop.lab import Arrangement, open_lab

    root = find_root()
    if arguments.demo is None:
        say("\n".join(path.stem for path in demos_of(root)))
        return PASSED
    demo = named(arguments.demo, demos_of(root), "demo")
    solved = solution_beside(demo, root, Course.load(root / MANIFEST))
    return open_lab(
        root,
        Arrangement(notebook=demo.relative_to(root).as_posix(), file=solved),
        browser=not arguments.no_browser,
        port=arguments.port,
        say=say,
    )
