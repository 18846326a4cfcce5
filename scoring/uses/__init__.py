"""What the classes are for: each module works out one use, from accounts that are scored."""
