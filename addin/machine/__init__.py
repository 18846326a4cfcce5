"""The machine that ClientScore is installed on: where things are, what keeps them from working."""
