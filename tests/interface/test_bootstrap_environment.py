"""Whether a `.venv` is ready, can be used, or has to be made afresh."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workshop.firststart.environment import STAMP, Environment, State
from workshop.firststart.errors import SetupError
from workshop.firststart.installed import PROJECT, lacks, required

ROOT = Path(__file__).resolve().parents[2]
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """The environment, not made yet, of a clone that needs two packages, and a third to test."""
    clone = tmp_path / "a clone"
    clone.mkdir()
    (clone / "constraints.txt").write_text("rich==15.0.0\n", encoding="utf-8")
    (clone / "pyproject.toml").write_text(
        f"""\
        [project]
        name = "{PROJECT}"
        dependencies = ["rich>=15", "Jupyter_Lab.x==4; python_version > '3'"]
        [project.optional-dependencies]
        slides = ["playwright"]
        test = ["{PROJECT}[slides]", "hypothesis"]
        """,
        encoding="utf-8",
    )
    return Environment(clone)


def _make(environment: Environment) -> None:
    command = [sys.executable, "-m", "venv", "--without-pip", str(environment.folder)]
    subprocess.run(command, check=True)


def _install(environment: Environment, *names: str) -> None:
    """Leave behind what an installer leaves behind for the clone and these packages."""
    folder = environment.site_packages()[0]
    for name in names:
        (folder / f"{name}-1.0.dist-info").mkdir(exist_ok=True)
    clone = folder / "event_sourced_domain_models-0.1.0.dist-info"
    clone.mkdir(exist_ok=True)
    origin = {"url": environment.root.as_uri(), "dir_info": {"editable": True}}
    (clone / "direct_url.json").write_text(json.dumps(origin), encoding="utf-8")


@pytest.fixture
def ready(environment: Environment) -> Environment:
    """The environment after a first start."""
    _make(environment)
    _install(environment, "rich", "jupyter_lab_x")
    environment.write_stamp(complete=True)
    return environment


def test_none_is_absent(environment: Environment) -> None:
    assert not environment.is_ready(None)
    assert environment.state() is State.ABSENT


def test_after_a_first_start_it_is_ready(ready: Environment) -> None:
    assert ready.is_ready(None)


def test_an_extra_is_ready_only_once_it_is_installed(ready: Environment) -> None:
    assert not ready.is_ready("test")
    assert ready.state() is State.USABLE
    _install(ready, "hypothesis", "playwright")
    ready.write_stamp(complete=True, extras=["test"])
    assert ready.is_ready("test")
    assert ready.is_ready(None)


def test_an_extra_that_another_one_brings_is_ready_with_it(ready: Environment) -> None:
    _install(ready, "hypothesis", "playwright")
    ready.write_stamp(complete=True, extras=["test"])
    assert ready.is_ready("slides")
    shutil.rmtree(ready.site_packages()[0] / "playwright-1.0.dist-info")
    assert not ready.is_ready("test")


def test_other_pins_are_installed_into_it(ready: Environment) -> None:
    (ready.root / "constraints.txt").write_text("rich==15.0.1\n", encoding="utf-8")
    assert not ready.is_ready(None)
    assert ready.state() is State.USABLE


def test_the_line_ends_of_the_pins_do_not_matter(ready: Environment) -> None:
    pins = ready.root / "constraints.txt"
    pins.write_bytes(pins.read_bytes().replace(b"\n", b"\r\n"))
    assert ready.is_ready(None)


def test_a_package_that_is_gone_is_missed(ready: Environment) -> None:
    shutil.rmtree(ready.site_packages()[0] / "rich-1.0.dist-info")
    assert not ready.is_ready(None)


def test_an_interrupted_set_up_is_made_afresh(ready: Environment) -> None:
    ready.write_stamp(complete=False)
    assert not ready.is_ready(None)
    assert ready.state() is State.BROKEN


@pytest.mark.parametrize("text", ["", "{", "[]", '{"complete": true}', "\x00"])
def test_a_stamp_that_cannot_be_read_counts_as_interrupted(ready: Environment, text: str) -> None:
    (ready.folder / STAMP).write_text(text, encoding="utf-8")
    assert not ready.is_ready(None)
    assert ready.state() is State.BROKEN


def test_a_moved_clone_makes_it_afresh(ready: Environment) -> None:
    moved = Environment(ready.root.rename(ready.root.with_name("moved")))
    assert not moved.is_ready(None)
    assert moved.state() is State.BROKEN


def test_a_copied_clone_makes_its_own(ready: Environment) -> None:
    copy = ready.root.with_name("copy")
    shutil.copytree(ready.root, copy, symlinks=True)
    assert not Environment(copy).is_ready(None)
    assert Environment(copy).state() is State.BROKEN
    assert ready.is_ready(None)


def test_a_python_that_is_gone_makes_it_afresh(ready: Environment) -> None:
    ready.python.unlink()
    assert not ready.is_ready(None)
    assert ready.state() is State.BROKEN


def test_a_python_that_was_upgraded_underneath_makes_it_afresh(ready: Environment) -> None:
    config = ready.folder / "pyvenv.cfg"
    text = config.read_text(encoding="utf-8").replace(f"= {VERSION}.", "= 3.99.")
    config.write_text(text, encoding="utf-8")
    assert ready.state() is State.BROKEN


def test_half_made_by_hand_it_is_made_afresh(environment: Environment) -> None:
    (environment.folder / "lib").mkdir(parents=True)
    assert environment.state() is State.BROKEN
    environment.remove()
    assert environment.state() is State.ABSENT


def test_one_that_uv_made_is_used_as_it_is(environment: Environment) -> None:
    _make(environment)
    _install(environment, "rich", "jupyter_lab_x")
    assert environment.stamp() is None
    assert environment.is_ready(None)


def test_one_that_uv_made_is_not_removed_for_want_of_an_extra(environment: Environment) -> None:
    _make(environment)
    _install(environment, "rich", "jupyter_lab_x")
    assert not environment.is_ready("test")
    assert environment.state() is State.USABLE


def test_one_that_uv_made_for_a_clone_that_moved_is_made_afresh(environment: Environment) -> None:
    _make(environment)
    _install(environment, "rich", "jupyter_lab_x")
    moved = Environment(environment.root.rename(environment.root.with_name("moved")))
    assert moved.state() is State.BROKEN


def test_an_empty_one_of_yours_is_used(environment: Environment) -> None:
    _make(environment)
    assert not environment.is_ready(None)
    assert environment.state() is State.USABLE


@pytest.mark.parametrize("name", ["thesis.txt", "Photos"])
def test_a_folder_of_yours_is_refused(environment: Environment, name: str) -> None:
    environment.folder.mkdir()
    (environment.folder / "lib").mkdir()
    (environment.folder / name).mkdir()
    with pytest.raises(SetupError, match=f"holds {name}, which no virtual environment has"):
        environment.state()


def test_a_link_to_somewhere_else_is_never_removed(
    environment: Environment, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "lib").mkdir(parents=True)
    try:
        environment.folder.symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("this machine makes no links")
    assert environment.state() is State.BROKEN
    with pytest.raises(SetupError, match="Cannot remove"):
        environment.remove()
    assert (elsewhere / "lib").is_dir()


def test_another_clone_installed_there_does_not_count(ready: Environment) -> None:
    assert lacks(ready.site_packages(), ROOT, None) == {PROJECT}


def test_the_names_in_pyproject_are_read_whatever_follows_them(environment: Environment) -> None:
    assert required(environment.root, None) == {
        "event_sourced_domain_models",
        "jupyter_lab_x",
        "rich",
    }
    assert "hypothesis" in required(environment.root, "test")


def test_the_project_is_known_by_its_name() -> None:
    assert f'name = "{PROJECT}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
