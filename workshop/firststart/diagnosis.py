"""From what a tool or the operating system said to one sentence and what mends it."""

import errno
import platform
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from workshop.firststart.errors import COMMAND, NetworkError, SetupError

__all__ = [
    "DISK_FULL",
    "NOT_ALLOWED",
    "explain_os_error",
    "explain_output",
    "this_machine",
    "unusable_pins",
]

SPACE_NEEDED = "800 MB"

DISK_FULL = re.compile(
    r"no space left on device|not enough space on the disk|disk quota exceeded", re.IGNORECASE
)
NOT_ALLOWED = re.compile(
    r"permission denied|access is denied|read-only file system|os error (?:5|13|30)\b",
    re.IGNORECASE,
)
UNTRUSTED = re.compile(r"certificate_verify_failed|invalid peer certificate", re.IGNORECASE)
NO_NETWORK = re.compile(
    r"failed to establish a new connection|connection (?:refused|reset|aborted)|timed out"
    r"|name resolution|name or service not known|getaddrinfo failed|nodename nor servname"
    r"|network is unreachable|dns error|error sending request|network was disabled|proxyerror"
    r"|from versions: none",
    re.IGNORECASE,
)
TELLING = re.compile(r"error|cause:|because|conflict|requires|not find|no matching", re.IGNORECASE)


def explain_os_error(error: OSError, root: Path) -> SetupError:
    """Why the set-up could not write its own files."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full(root)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _not_writable(root, error.filename)
    return SetupError(
        f"The set-up failed: {error}.",
        remedy=f"Mend that, and run `{COMMAND}` again.",
    )


def explain_output(output: str, root: Path, wheelhouse: Path | None) -> SetupError:
    """Why a tool failed, from what it wrote."""
    lines = _telling_lines(output)
    if DISK_FULL.search(output):
        return _disk_full(root)
    if wheelhouse is not None:
        return _from_wheelhouse(wheelhouse, root, lines)
    if UNTRUSTED.search(output):
        return NetworkError(
            "The connection to the package index is not trusted: something on this network, "
            "such as a company's proxy, puts its own certificate in between.",
            remedy="Set SSL_CERT_FILE and PIP_CERT to the proxy's certificate, or use another "
            f"network, and run `{COMMAND}` again.",
            last_lines=lines,
        )
    if NO_NETWORK.search(output):
        return NetworkError(
            "The packages cannot be fetched: the package index does not answer.",
            remedy=f"Connect to the network and run `{COMMAND}` again, "
            f"or copy a folder wheelhouse/ into {root}; your instructor may have one.",
            last_lines=lines,
        )
    if NOT_ALLOWED.search(output):
        return _not_writable(root, None, lines)
    return SetupError(
        f"The packages cannot be installed with Python {platform.python_version()}.",
        remedy="The cause is below; .workshop/setup.log has all of it.",
        last_lines=lines,
    )


def this_machine() -> str:
    """What wheels have to suit: the Python and the machine, in words."""
    names = {"darwin": "macOS", "win32": "Windows", "linux": "Linux"}
    system = names.get(sys.platform, sys.platform)
    return f"Python {sys.version_info[0]}.{sys.version_info[1]} on {system} {platform.machine()}"


def unusable_pins(wheelhouse: Path, root: Path) -> list[str]:
    """Which pinned packages have no wheel there that this Python can use.

    Pins for some machines only are left out: the tool alone can tell whether they count here.
    """
    pins = _pins((root / "constraints.txt").read_text(encoding="utf-8"))
    backend = re.search(r'"hatchling==([^"]+)"', (root / "pyproject.toml").read_text("utf-8"))
    if backend:
        pins.append(("hatchling", backend[1]))
    usable = {_name_and_version(wheel.name) for wheel in wheelhouse.glob("*.whl") if _fits(wheel)}
    return [
        f"{name} {version}"
        for name, version in pins
        if (name.replace("-", "_"), version) not in usable
    ]


def _from_wheelhouse(wheelhouse: Path, root: Path, lines: list[str]) -> SetupError:
    here = this_machine()
    missing = unusable_pins(wheelhouse, root)
    again = f"Make it again on a machine like this one, with `{COMMAND} wheelhouse wheelhouse`"
    instead = "or take it away to install from the network"
    if not missing:
        return SetupError(
            f"The packages in {wheelhouse} cannot be installed with {here}.",
            remedy=f"{again}, {instead}.",
            last_lines=lines,
        )
    more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    return SetupError(
        f"{wheelhouse} lacks {missing[0]}{more} for {here}.",
        remedy=f"{again}, {instead}.",
    )


def _disk_full(root: Path) -> SetupError:
    return SetupError(
        f"The disk is full: the packages need {SPACE_NEEDED} at {root}.",
        remedy=f"Free some space, and run `{COMMAND}` again.",
    )


def _not_writable(root: Path, file: str | None, lines: Iterable[str] = ()) -> SetupError:
    at = f" ({file})" if file else ""
    return SetupError(
        f"The set-up may not write in {root}{at}.",
        remedy=f'Copy the clone to a folder of your own, with `git clone "{root}" ~/workshop`, '
        f"and run `{COMMAND}` there.",
        last_lines=tuple(lines),
    )


def _telling_lines(output: str) -> list[str]:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if TELLING.search(line)] or lines
    return [line[:110] for line in telling[-6:]]


def _pins(constraints: str) -> list[tuple[str, str]]:
    found = re.findall(r"^([\w.-]+)==([^\s;]+)\s*$", constraints, re.MULTILINE)
    return [(name.lower(), version) for name, version in found]


def _name_and_version(wheel: str) -> tuple[str, str]:
    name, version, *_ = wheel.split("-")
    return re.sub(r"[-_.]+", "_", name).lower(), version


def _fits(wheel: Path) -> bool:
    """Whether the wheel's tags suit this Python; near enough to name a culprit."""
    python, abi, system = wheel.stem.split("-")[-3:]
    major, minor = sys.version_info[:2]
    stable = {f"cp3{n}" for n in range(minor + 1)} if abi == "abi3" else set()
    own = {"py3", f"py{major}{minor}", f"cp{major}{minor}", *stable}
    return not own.isdisjoint(python.split(".")) and any(
        tag == "any" or _is_this_machine(tag) for tag in system.split(".")
    )


def _is_this_machine(tag: str) -> bool:
    machine = platform.machine().lower()
    if sys.platform == "darwin":
        return tag.startswith("macosx") and tag.endswith((machine, "universal2"))
    if sys.platform == "win32":
        return tag == f"win_{machine}"
    return "linux" in tag and tag.endswith(machine)
