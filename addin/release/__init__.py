"""Makes what a release is made of; needs the project, and is not in the package that it makes."""
