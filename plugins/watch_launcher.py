"""Stay beside the launcher and, should it die without stopping its components, stop them in its place.

The launcher writes the process id of each component to this program's standard input, one a line. The input
ends when the launcher does, whatever ended it. A signal on the parent's death (Linux) was tried and is not
enough: the scheduler was seen to lose a SIGTERM that came while it was starting.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Collection
from contextlib import suppress

import psutil

from plugins.find_members import find_members, kill

GRACE_SECONDS = 5.0


def end_components(leaders: Collection[int], grace: float) -> None:
    """SIGTERM to the components that still run, after `grace` seconds SIGKILL to all that they started."""
    for process in find_members(leaders):
        if process.pid in leaders:
            with suppress(psutil.Error):
                process.terminate()
    deadline = time.monotonic() + grace
    while find_members(leaders) and time.monotonic() < deadline:
        time.sleep(0.2)
    kill(find_members(leaders))


if __name__ == "__main__":
    end_components({int(line) for line in sys.stdin}, GRACE_SECONDS)
