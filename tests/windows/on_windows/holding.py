"""Another program that holds a file, as Windows lets it say who else may open it."""

import contextlib
import subprocess
import sys

NOTHING, READ, READ_AND_WRITE = 0, 1, 3
"""What others may do meanwhile."""

_CODE = """
import ctypes, sys
from ctypes import wintypes as w
kernel = ctypes.WinDLL("kernel32", use_last_error=True)
kernel.CreateFileW.restype = w.HANDLE
kernel.CreateFileW.argtypes = [w.LPCWSTR, w.DWORD, w.DWORD, w.LPVOID, w.DWORD, w.DWORD, w.HANDLE]
handle = kernel.CreateFileW(sys.argv[1], 0xC0000000, int(sys.argv[2]), None, 3, 0x80, None)
print("held" if handle != w.HANDLE(-1).value else ctypes.get_last_error(), flush=True)
sys.stdin.readline() if sys.argv[3] == "long" else __import__("time").sleep(float(sys.argv[3]))
"""


@contextlib.contextmanager
def held(path, sharing, seconds="long"):
    """Have a process of its own hold a file, for a while or until the block ends."""
    command = [sys.executable, "-I", "-S", "-c", _CODE, str(path), str(sharing), str(seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().strip() == "held"
        yield
        process.communicate("\n", timeout=60)
