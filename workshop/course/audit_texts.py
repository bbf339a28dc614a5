"""Proofs about what is written down: minutes, hints, wrong answers' words, starters."""

from workshop.course.blanks import blank_names, package_state, python_files
from workshop.course.manifest import Course, Part, Step
from workshop.course.results import Finding
from workshop.course.temporary import Stage
from workshop.course.wrong_answers import of_step

__all__ = ["prove_minutes", "prove_starter_files", "prove_texts"]

_HINTS = 3
_WRONG_ANSWERS = 5
_REMEDY = "Run `workshop rehearse --record`, or rehearse in a fresh clone."


def prove_minutes(course: Course) -> Finding:
    """A route's segments and steps add up to its total."""
    wrong = []
    for route in course.routes:
        steps = (step.minutes_on(route.id).total for step in course.of_the_day)
        minutes = sum(segment.minutes for segment in route.segments) + sum(steps)
        if minutes != route.total:
            wrong.append(f"{route.title} says {route.total} minutes, but adds up to {minutes}")
    totals = ", ".join(f"{route.title} {route.total} minutes" for route in course.routes)
    return Finding(
        name="minutes",
        ok=not wrong,
        detail="; ".join(wrong) or totals,
        remedy="Mend `total` or the minutes in `exercises/course.toml`." if wrong else "",
    )


def prove_starter_files(stage: Stage, part: Part) -> Finding:
    """The exercises are the solutions with every blank blank, and nothing else."""
    solved = stage.root / "solutions" / part.package
    given = stage.root / "exercises" / part.package
    expected = package_state(solved, 1)
    actual = {name: path.read_bytes() for name, path in python_files(given).items()}
    differing = [
        name
        for name in sorted(expected.keys() | actual.keys())
        if name not in expected or actual.get(name) != expected[name].encode()
    ]
    detail = f"{len(expected)} files are what the solutions give"
    if differing:
        detail = f"{', '.join(differing)}: not what the solutions give"
    return Finding(
        name=f"starters of {part.package}",
        ok=not differing,
        detail=detail,
        remedy=_REMEDY if differing else "",
    )


def prove_texts(stage: Stage, step: Step) -> Finding:
    """A step has its files, its hints, its reason, and blanks to fill."""
    missing = [
        file for file in (step.test_file, step.notebook) if not (stage.root / file).is_file()
    ]
    problems = [f"{file} is missing" for file in missing]
    if len(step.hints) < _HINTS or not all(hint.strip() for hint in step.hints):
        problems.append(f"it needs {_HINTS} hints that say something")
    if not step.why.strip():
        problems.append("it does not say why our solution is as it is")
    count = len(of_step(stage.root, step))
    if count < _WRONG_ANSWERS:
        problems.append(f"it has {count} wrong answers and needs {_WRONG_ANSWERS}")
    solved = stage.root / "solutions" / stage.course.part_of(step).package
    starters = package_state(solved, step.number).values()
    if not any(blank_names(starter, step.number) for starter in starters):
        problems.append(f"nothing in the solutions is marked `# step {step.number}`")
    return Finding(
        name=f"step {step.number} texts",
        ok=not problems,
        detail="; ".join(problems) or f"{len(step.hints)} hints, {count} wrong answers",
    )
