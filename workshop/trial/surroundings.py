"""The environment variables of a student's terminal, on this machine."""

import os
import sysconfig
from collections.abc import Mapping
from pathlib import Path

__all__ = ["surroundings"]

# What this environment, a JupyterLab of the workshop or a tool has set for itself.
OWN = ("COV_", "IPYTHON", "JUPYTER", "MPLCONFIGDIR", "PYTHON", "VIRTUAL_ENV", "WORKSHOP_")

# How the tools reach an index; a start without network must not.
TOOLS = ("PIP_", "UV_")

# The port "discard": nothing answers.
NOWHERE = "http://127.0.0.1:9"

# As on a machine where nothing was ever installed; a cache would flatter the seconds.
UNCACHED = {"PIP_NO_CACHE_DIR": "1", "UV_NO_CACHE": "1"}

OFFLINE = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_NO_INDEX": "1",
    "PIP_RETRIES": "0",
    "UV_HTTP_RETRIES": "0",
    "UV_NO_CONFIG": "1",
    "UV_OFFLINE": "1",
    "UV_PYTHON_DOWNLOADS": "never",
    "NO_PROXY": "127.0.0.1,localhost",
    **{f"{scheme}_PROXY": NOWHERE for scheme in ("ALL", "HTTP", "HTTPS")},
}


def surroundings(scratch: Path, wheelhouse: Path | None) -> Mapping[str, str]:
    """The variables for a first start.

    Args:
        scratch: The folder for temporary files, so that none is left behind.
        wheelhouse: If given, the start takes its packages from there, and no network.
    """
    dropped = OWN if wheelhouse is None else (*OWN, *TOOLS)
    kept = {name: v for name, v in os.environ.items() if not name.upper().startswith(dropped)}
    scripts = os.path.normcase(sysconfig.get_path("scripts"))
    folders = kept.get("PATH", os.defpath).split(os.pathsep)
    kept["PATH"] = os.pathsep.join(f for f in folders if os.path.normcase(f) != scripts)
    kept |= dict.fromkeys(("TEMP", "TMP", "TMPDIR"), str(scratch)) | UNCACHED
    if wheelhouse is None:
        return kept
    # Both spellings: curl and its like read the small one, and prefer it.
    small = {name.lower(): v for name, v in OFFLINE.items() if name.endswith("_PROXY")}
    return kept | OFFLINE | small | {"WORKSHOP_WHEELHOUSE": str(wheelhouse)}
