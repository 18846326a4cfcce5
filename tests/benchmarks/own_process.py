"""Work in a process of its own: its processor time, so that neighbours do not count, and its peak memory."""

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.targets import Figure

# VmHWM is of this process alone; ru_maxrss begins with that of the process it was forked from.
_MEASURED = """
import json, resource, sys, time
from pathlib import Path
names = {}
exec(compile(sys.stdin.read(), "benchmark", "exec"), names)
start = time.process_time()
found = names["work"](*sys.argv[1:])
seconds = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
status = Path("/proc/self/status")
for line in status.read_text().splitlines() if status.exists() else ():
    if line.startswith("VmHWM:"):
        peak = int(line.split()[1])
print()
print(json.dumps({"seconds": seconds, "mb": peak / 1024, "found": found}))
"""


def work_alone(code, *arguments, rounds=1, cwd=None):
    """What the function `work` of some code took, and what it returned; start and imports do not count.

    An argument that can be called is made anew for each round.
    """
    runs = []
    for _ in range(rounds):
        given = [str(argument() if callable(argument) else argument) for argument in arguments]
        done = subprocess.run(
            [sys.executable, "-c", _MEASURED, *given],
            input=code,
            capture_output=True,
            text=True,
            check=False,
            cwd=cwd,
        )
        assert done.returncode == 0, done.stderr
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return Figure(min(run["seconds"] for run in runs), max(run["mb"] for run in runs)), runs[0]["found"]


def whole(*command, rounds=5):
    """What a command took from its start to its end, its modules compiled as in an installation."""
    seconds, megabytes = [], []
    compiled = {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": f"{tempfile.gettempdir()}/clientscore-bench",
    }
    for _ in range(rounds):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | compiled)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, command
        seconds.append(usage.ru_utime + usage.ru_stime)
        megabytes.append(usage.ru_maxrss / 1024)
    return Figure(min(seconds), max(megabytes))
