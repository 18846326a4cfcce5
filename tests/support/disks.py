"""Disks that are full or can only be read, for a process that is about to end: nobody else sees them."""

import ctypes
import os
import resource
from pathlib import Path

_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_READ_ONLY, _REMOUNT, _BIND, _PRIVATE = 1, 32, 4096, 0x40000 | 0x4000
NOBODY = 65534


def _call(name, *arguments):
    system = ctypes.CDLL(None, use_errno=True)
    if getattr(system, name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def can_mount():
    """Whether this system lets a process have mounts of its own."""
    child = os.fork()
    if not child:
        try:
            own_mounts()
            os._exit(0)
        except OSError:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def own_mounts():
    """Let what this process mounts be seen by nobody else."""
    user, group = os.getuid(), os.getgid()
    _call("unshare", _NEW_MOUNTS if user == 0 else _NEW_MOUNTS | _NEW_USER)
    if user:
        for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
            Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
    _call("mount", b"none", b"/", None, _PRIVATE, None)


def mount_small(folder, n_bytes):
    """Put a small disk in the place of a folder."""
    _call("mount", b"tmpfs", os.fsencode(folder), b"tmpfs", 0, b"size=%d" % n_bytes)


def make_read_only(folder):
    """Let the disk in the place of a folder be read only."""
    _call("mount", None, os.fsencode(folder), None, _REMOUNT | _READ_ONLY, None)


def pin(file):
    """Let a file be one that no other can replace: something is mounted on it."""
    _call("mount", os.fsencode(file), os.fsencode(file), None, _BIND, None)


def limit_files(n_bytes):
    """Let no file that this process writes be larger: nearly a full disk, where none can be had."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, n_bytes))


def limit_memory(n_more):
    """Let this process take so many more bytes of memory than it has."""
    n_pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    n_bytes = n_pages * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (n_bytes + n_more, n_bytes + n_more))


def become_nobody():
    """Give up all rights of an administrator, who may do what nobody else may."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
