"""The package of the product, as the project says what it is called."""

from addin.release.project import version

VERSION = version()
WHEEL = f"clientscore-{VERSION}-py3-none-any.whl"
