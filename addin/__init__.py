"""Everything that touches Excel, files and people: the shell around :mod:`scoring`."""
