"""The shell of the terminal beside the notebook: the student's own, with this Python first.

The shell reads the student's settings, which may put another Python first, and after them ours
from `labconfig`. What those need to know is in the environment that `workshop.lab` makes.
"""

import os
import shutil
from pathlib import Path

__all__ = ["LABCONFIG", "shell_command"]

LABCONFIG = Path(__file__).with_name("labconfig")


def shell_command() -> list[str]:
    """The student's shell, told to read its own settings first and the workshop's after them."""
    if os.name == "nt":
        powershell = shutil.which("pwsh") or shutil.which("powershell")
        if powershell is None:
            return ["cmd.exe"]  # has no settings that could put another Python first
        script = (LABCONFIG / "terminal.ps1").read_text(encoding="utf-8").splitlines()
        command = "; ".join(line for line in script if not line.startswith("#"))
        return [powershell, "-NoLogo", "-NoExit", "-Command", command]
    preferred = shutil.which(os.environ.get("SHELL", "bash")) or "/bin/sh"
    match Path(preferred).name:
        case "zsh":
            return [preferred, "-i"]  # ZDOTDIR says the rest
        case "fish":
            return [preferred, "-i", "-C", 'source "$WORKSHOP_LABCONFIG/terminal.fish"']
        case _:
            bash = shutil.which("bash")
            return [bash, "--rcfile", str(LABCONFIG / "bashrc"), "-i"] if bash else ["/bin/sh"]
