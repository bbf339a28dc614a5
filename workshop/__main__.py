"""`python3 -m workshop` and the command `workshop`.

This file and the package's `__init__` are kept to what Python 3.6 can read, so that an old Python
answers with a sentence instead of a syntax error. Everything else waits behind the check.
"""

import sys

OLDEST = (3, 11)


def main() -> int:
    """Run the workshop; the answer is the exit code."""
    if sys.version_info < OLDEST:
        sys.stderr.write(
            "The workshop needs Python {}.{} or newer; this is {}.{}.{}. "
            "Install a newer Python, or install uv and run `uv run workshop`.\n".format(
                *(OLDEST + tuple(sys.version_info[:3]))
            )
        )
        return 1
    from workshop.bootstrap import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
