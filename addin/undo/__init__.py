"""Taking back what a refresh or an import wrote."""
