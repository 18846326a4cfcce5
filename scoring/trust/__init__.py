"""Why anybody should believe the classes: each module works out one answer, from accounts that are scored."""
