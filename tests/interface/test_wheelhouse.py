"""`workshop wheelhouse DIR`; that a first start can live on it is tested with the first start."""

import os
from pathlib import Path

import pytest

from workshop.course.errors import CourseError
from workshop.firststart.errors import NetworkError
from workshop.wheelhouse import make_wheelhouse

ROOT = Path(__file__).resolve().parents[2]


def test_a_workspace_without_pins_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"has no constraints\.txt: make a wheelhouse from"):
        make_wheelhouse(tmp_path, tmp_path / "wheels", print)


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wheels").write_text("mine", encoding="utf-8")
    with pytest.raises(CourseError, match="wheels cannot be made"):
        make_wheelhouse(ROOT, tmp_path / "wheels", print)


def test_without_network_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    said: list[str] = []
    with pytest.raises(NetworkError, match="package index does not answer") as refused:
        make_wheelhouse(ROOT, tmp_path / "wheels", said.append)
    assert "Connect to the network" in refused.value.remedy
    assert said
    assert "Fetching the packages for Python 3." in said[0]
