"""The JupyterLab server of a workspace; `workshop.lab` starts it as `-m workshop.labserver PORT`.

An empty PORT stands for the first free one. The server's settings are here and nowhere else: no
configuration file is read, so that a Jupyter that the student has set up already changes nothing.
"""

import platform
import sys
import threading
from pathlib import Path
from typing import Any

import nbformat
import zmq
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.contents.filecheckpoints import AsyncFileCheckpoints
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from nbformat.sign import NotebookNotary
from traitlets.config import Config

from workshop.course.notebooks import LANGUAGE_INFO
from workshop.course.spare_runner import SpareRunner
from workshop.lab import FIRST_PORT
from workshop.labshell import LABCONFIG, shell_command
from workshop.warm import shared_workers

# What the kernel will say of itself; ipykernel would tell, at a third of a second for its import.
KERNEL_LANGUAGE = {
    "name": "python",
    "version": platform.python_version(),
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


class CourseServer(ServerApp):
    """A Jupyter server that reads no configuration files."""

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read nothing: what is set in `settings` is all there is."""


class CourseContents(AsyncLargeFileManager):
    """The workspace's files; notebooks look as if this very Python had written them.

    JupyterLab would otherwise mark each notebook as changed as soon as its kernel answers, and
    write the student's Python version into it.
    """

    async def get(self, path: str, *args: Any, **options: Any) -> dict[str, Any]:
        """Read a file or folder."""
        model: dict[str, Any] = await super().get(path, *args, **options)  # type: ignore[no-untyped-call]
        if model["type"] == "notebook" and model["content"]:
            model["content"]["metadata"]["language_info"] = KERNEL_LANGUAGE
        return model

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Write a file or folder."""
        if model.get("type") == "notebook" and model.get("content"):
            model["content"]["metadata"]["language_info"] = LANGUAGE_INFO
        saved: dict[str, Any] = await super().save(model, path)  # type: ignore[no-untyped-call]
        return saved


class CourseCheckpoints(AsyncFileCheckpoints):
    """Keeps checkpoints out of the tree, each under its file's folder.

    With an absolute `checkpoint_dir` the base class would let two files of one name, such as
    `board.py` of both parts, replace each other's checkpoint.
    """

    def checkpoint_path(self, checkpoint_id: str, path: str) -> str:
        """Where a checkpoint of `path` is kept."""
        file = Path(self.checkpoint_dir, path.strip("/"))
        file.parent.mkdir(parents=True, exist_ok=True)
        return str(file.with_name(f"{file.stem}-{checkpoint_id}{file.suffix}"))


def settings(root: Path, port: str) -> Config:
    """How the server of the workspace at `root` behaves."""
    state = root / ".workshop" / "jupyter"
    config = Config()
    config.ServerApp.ip = "127.0.0.1"
    config.ServerApp.port = int(port or FIRST_PORT)
    config.ServerApp.jpserver_extensions = {"jupyterlab": True, "jupyter_server_terminals": True}
    config.ServerApp.port_retries = 0 if port else 100
    config.ServerApp.open_browser = False  # `workshop.lab` opens it, once the screen is arranged
    config.ServerApp.root_dir = str(root)
    config.ServerApp.allow_root = True  # only the superuser, as in most containers, is asked for it
    config.ServerApp.terminado_settings = {"shell_command": shell_command()}
    config.LabApp.core_mode = True  # the released assets: no build, no student's extensions
    config.LabApp.app_settings_dir = str(LABCONFIG)
    config.LabApp.user_settings_dir = str(state / "settings")
    config.LabApp.workspaces_dir = str(state / "workspaces")
    config.LabApp.news_url = None
    config.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
    config.KernelSpecManager.allowed_kernelspecs = {"python3"}
    # Kernels listen on TCP; on a machine with other users nobody else should be able to read along.
    config.KernelManager.transport_encryption = "auto" if zmq.has("curve") else "disabled"
    config.ServerApp.contents_manager_class = CourseContents
    config.ContentsManager.checkpoints_class = CourseCheckpoints
    config.FileCheckpoints.checkpoint_dir = str(state / "checkpoints")
    return config


def trust_notebooks(root: Path) -> None:
    """Sign the course's notebooks, so that their pictures with scripts show before they are run."""
    notary = NotebookNotary()  # type: ignore[no-untyped-call]
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        try:
            notary.sign(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]
        except Exception as problem:  # whatever a broken notebook does, JupyterLab must start
            print(f"{path} is not trusted: {problem!r}", flush=True)  # noqa: T201  # for the log
    notary.store.close()


def stop_with_parent(server: ServerApp) -> None:
    """Stop the server when standard input ends: the launcher closed it, or is gone."""
    sys.stdin.read()
    server.io_loop.add_callback(server.stop)


def main() -> None:
    """Serve the workspace in the current folder until standard input ends."""
    root = Path.cwd()
    trust_notebooks(root)
    server = CourseServer.instance(config=settings(root, sys.argv[1]))
    server.initialize(argv=[], find_extensions=False, starter_extension="lab")
    threading.Thread(target=stop_with_parent, args=(server,), daemon=True).start()
    with SpareRunner() as runner, shared_workers(root, runner):
        server.start()


if __name__ == "__main__":
    main()
