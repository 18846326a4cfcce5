"""What ``.api`` gives: the few members of Excel's own objects that tests and the product use."""


class Native:
    """An object of Excel's that has the methods and properties it was given and refuses all others."""

    def __init__(self, name, properties=None, **methods):
        self.__dict__.update(methods, _name=name, _properties=properties or {})

    def __getattr__(self, member):
        if member.startswith("__"):
            raise AttributeError(member)
        if member in self._properties:
            return self._properties[member]()
        message = f"{self._name}.{member} is not supported by the test engine"
        raise NotImplementedError(message)  # strict, so that no test passes on a guess
