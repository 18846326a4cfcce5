"""Files on their way in: how they are written, and their rows in columns of cells."""
