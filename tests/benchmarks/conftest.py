"""Prints the ratios within each group below the table of times."""

from collections import defaultdict


def pytest_terminal_summary(terminalreporter, config):
    session = getattr(config, "_benchmarksession", None)
    if session is None or not session.benchmarks:
        return
    groups = defaultdict(list)
    for bench in session.benchmarks:
        groups[bench.group].append(bench)
    terminalreporter.section("ratios within this run (best times)")
    for group, benches in groups.items():
        ours = next((bench for bench in benches if bench.name.startswith("test_clientscore")), None)
        if ours is None:
            continue
        terminalreporter.write_line(group)
        for bench in benches:
            ratio = bench.stats.min / ours.stats.min
            memory = bench.extra_info.get("peak_mb")
            peak = f", peak memory {memory:.0f} MB" if memory else ""
            name = bench.name.removeprefix("test_")
            terminalreporter.write_line(
                f"  {name:<48} {bench.stats.min:9.3f} s  {ratio:6.2f} x clientscore{peak}"
            )
