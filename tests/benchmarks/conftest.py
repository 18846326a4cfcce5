"""Benchmarks measure one after the other, whatever the options of all tests say; their table comes last."""

import pytest
from benchmarks.targets import Figure, lines

_FIGURES = pytest.StashKey[dict[str, Figure]]()


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config):
    """Take back what the options of all tests say against benchmarks, before xdist reads it."""
    config.option.numprocesses, config.option.tx, config.option.dist = 0, [], "no"
    config.option.benchmark_enable = True
    config.option.benchmark_quiet = True  # the table says it
    config.option.ignore = None
    config.stash[_FIGURES] = {}


@pytest.fixture(scope="session")
def figures(pytestconfig):
    """Figures of this run by name: what the targets are about."""
    return pytestconfig.stash[_FIGURES]


@pytest.fixture
def timed(benchmark, figures):
    """Do some work several times, after a round to warm up, keep its figure, and return what it found."""

    def run(name, work, *arguments, rounds=5, **options):
        found = benchmark.pedantic(work, arguments, options, rounds=rounds, warmup_rounds=1)
        figures[name] = Figure(benchmark.stats.stats.min)
        return found

    return run


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.section("this run: processor time, the least of some rounds")
    for line in lines(config.stash[_FIGURES]):
        terminalreporter.write_line(line)
