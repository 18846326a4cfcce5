"""Other programs that save a file while it is written, and what must be left then."""

import pytest

from addin.package import putting, write_atomically
from addin.refusals import Refusal

READ = b"what was read"


def names(path):
    return sorted(file.name for file in path.parent.iterdir())


def refused(code, path, **how):
    with pytest.raises(Refusal, match=f"^{code}$"):
        write_atomically(path, [b"ours"], **how)
    assert names(path) == [path.name]


def saved(path, content):
    """Save as most programs do: a new file in the place of the old one."""
    beside = path.with_name("theirs")
    beside.write_bytes(content)
    beside.replace(path)


def at_the_exchange(monkeypatch, *saves):
    """Let others save right before the files change places, one save each time that they do."""
    real, left = putting.exchange, list(saves)

    def exchange(draft, path):
        if left:
            left.pop(0)(path)
        return real(draft, path)

    monkeypatch.setattr(putting, "exchange", exchange)
