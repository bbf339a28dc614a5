"""Each way that a set-up can fail has a sentence of its own, and a remedy."""

import errno
import os
import sys
from pathlib import Path

import pytest

from workshop.firststart.diagnosis import explain_os_error, explain_output, unusable_pins
from workshop.firststart.errors import NetworkError, SetupError
from workshop.firststart.setup import find_wheelhouse

# What pip 23 and uv 0.13 wrote, shortened.
PIP_REFUSED = """\
WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(\
Failed to establish a new connection: [Errno 111] Connection refused')': /simple/hatchling/
ERROR: Could not find a version that satisfies hatchling==1.33.0 (from versions: none)
ERROR: No matching distribution found for hatchling==1.33.0
"""
UV_REFUSED = """\
error: Request failed after 3 retries in 5.0s
  cause: error sending request for url (http://127.0.0.1:9/simple/msgspec/)
  cause: Connection refused (os error 111)
"""
UV_OFFLINE = """\
error: No solution found when resolving dependencies
hint: Packages were unavailable because the network was disabled.
"""
PROXY = "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] self-signed'))"
PIP_FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
UV_FULL = "error: Failed to install: babel\n  cause: No space left on device (os error 28)"
UV_CACHE = "error: Failed to initialize cache at `/nobody/.cache/uv`\n  cause: Permission denied"
COMPILER = "error: command 'gcc' failed: No such file or directory\nERROR: Failed building wheel"


@pytest.mark.parametrize("output", [PIP_REFUSED, UV_REFUSED, UV_OFFLINE])
def test_no_network_is_told_with_both_remedies(output: str, tmp_path: Path) -> None:
    error = explain_output(output, tmp_path, None)
    assert isinstance(error, NetworkError)
    assert "package index does not answer" in error.sentence
    assert "Connect to the network" in error.remedy
    assert "wheelhouse/" in error.remedy


def test_a_proxy_that_breaks_certificates_is_told_apart_from_no_network(tmp_path: Path) -> None:
    error = explain_output(PROXY, tmp_path, None)
    assert "certificate" in error.sentence
    assert "SSL_CERT_FILE" in error.remedy


@pytest.mark.parametrize("output", [PIP_FULL, UV_FULL])
def test_a_full_disk_is_told_with_the_space_needed(output: str, tmp_path: Path) -> None:
    for wheelhouse in (None, tmp_path):
        error = explain_output(output, tmp_path, wheelhouse)
        assert "disk is full" in error.sentence
        assert str(tmp_path) in error.sentence


def test_a_tool_that_may_not_write_its_cache_says_where(tmp_path: Path) -> None:
    error = explain_output(UV_CACHE, tmp_path, None)
    assert "may not write" in error.sentence
    assert "/nobody/.cache/uv" in error.told()


def test_what_is_not_known_shows_what_the_tool_said_last(tmp_path: Path) -> None:
    error = explain_output(COMPILER, tmp_path, None)
    assert "command 'gcc' failed" in error.told()
    assert "setup.log" in error.remedy


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "may not write"),
        (errno.EROFS, "may not write"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_an_error_of_the_operating_system_is_told(number: int, words: str, tmp_path: Path) -> None:
    error = explain_os_error(OSError(number, os.strerror(number), "some file"), tmp_path)
    assert words in error.sentence


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    (tmp_path / "wheelhouse").mkdir()
    lines = ["msgspec==0.22.0", "rich==15.0.0", "six==1.17.0", "colorama==0.4.6 ; os_name == 'nt'"]
    (tmp_path / "constraints.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('requires = ["hatchling==1.33.0"]', encoding="utf-8")
    for name in ("rich-15.0.0-py3-none-any", "six-1.17.0-py2.py3-none-any"):
        (tmp_path / "wheelhouse" / f"{name}.whl").touch()
    return tmp_path


def _add(clone: Path, *names: str) -> None:
    for name in names:
        (clone / "wheelhouse" / f"{name}.whl").touch()


def test_a_wheelhouse_that_lacks_a_package_says_which(clone: Path) -> None:
    _add(clone, "hatchling-1.33.0-py3-none-any")
    error = explain_output("ERROR: ResolutionImpossible", clone, clone / "wheelhouse")
    assert "lacks msgspec 0.22.0 for Python 3." in error.sentence
    assert "wheelhouse" in error.remedy


def test_a_wheelhouse_for_another_python_lacks_what_is_compiled(clone: Path) -> None:
    _add(clone, "msgspec-0.22.0-cp399-cp399-manylinux_2_17_x86_64", "hatchling-1.33.0-py3-none-any")
    assert unusable_pins(clone / "wheelhouse", clone) == ["msgspec 0.22.0"]


def test_a_wheelhouse_for_another_system_lacks_what_is_compiled(clone: Path) -> None:
    here = f"cp3{sys.version_info[1]}"
    other = "win_amd64" if sys.platform != "win32" else "macosx_11_0_arm64"
    _add(clone, f"msgspec-0.22.0-{here}-{here}-{other}", "hatchling-1.33.0-py3-none-any")
    assert unusable_pins(clone / "wheelhouse", clone) == ["msgspec 0.22.0"]


def test_a_wheelhouse_of_older_versions_lacks_the_pinned_ones(clone: Path) -> None:
    _add(clone, "msgspec-0.21.0-py3-none-any", "hatchling-1.33.0-py3-none-any")
    assert unusable_pins(clone / "wheelhouse", clone) == ["msgspec 0.22.0"]


def test_a_wheelhouse_without_the_build_backend_says_so(clone: Path) -> None:
    _add(clone, "msgspec-0.22.0-py3-none-any")
    assert unusable_pins(clone / "wheelhouse", clone) == ["hatchling 1.33.0"]


def test_a_pin_for_other_systems_is_not_missed(clone: Path) -> None:
    _add(clone, "msgspec-0.22.0-py3-none-any", "hatchling-1.33.0-py3-none-any")
    assert unusable_pins(clone / "wheelhouse", clone) == []
    error = explain_output("ERROR: something else", clone, clone / "wheelhouse")
    assert "something else" in error.told()


def test_the_wheelhouse_beside_the_readme_is_found(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKSHOP_WHEELHOUSE", raising=False)
    assert find_wheelhouse(clone) == clone / "wheelhouse"
    (clone / "wheelhouse").rename(clone / "elsewhere")
    assert find_wheelhouse(clone) is None
    monkeypatch.setenv("WORKSHOP_WHEELHOUSE", str(clone / "elsewhere"))
    assert find_wheelhouse(clone) == clone / "elsewhere"


def test_a_variable_that_names_no_wheelhouse_is_refused(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_WHEELHOUSE", str(clone / "no such folder"))
    with pytest.raises(SetupError, match="no such folder, which is not a folder"):
        find_wheelhouse(clone)
