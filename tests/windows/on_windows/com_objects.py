"""Objects behind IDispatch, for a model of Excel: every argument and every answer passes through a VARIANT.

Arguments that are named reach Excel through its type library, which the model has not: who calls knows their
order instead, as Microsoft's reference has it (learn.microsoft.com, Worksheet.Copy, Range.AutoFilter).
"""

import inspect
import types

import pythoncom
import win32com.server.policy
import win32com.server.util
import winerror
from support.calc.semantics import BUSY, FAILED, ExcelError
from win32com.server.exception import COMException

CALL_REJECTED = -2147418111  # RPC_E_CALL_REJECTED, which xlwings tries again (COMRetryObjectWrapper)
LEFT_OUT = -2147352572  # DISP_E_PARAMNOTFOUND, as pywin32 hands over an argument that is left out
ORDER = {
    "Copy": ("Before", "After"),
    "AutoFilter": ("Field", "Criteria1", "Operator", "Criteria2"),
}
_KEPT = []  # pywin32 does not hold what it wraps


def make_method(self, name):
    """Make a method of an object for pywin32, in the place of CDispatch's own, which knows no names."""

    def call(self, *given, **named):
        if named:
            ordered = [named.get(one) for one in ORDER[name]]
            while ordered and ordered[-1] is None:
                ordered.pop()
            given = [pythoncom.ArgNotFound if one is None else one for one in ordered]
        number = self._oleobj_.GetIDsOfNames(0, name)
        return self._get_good_object_(self._oleobj_.Invoke(number, 0, pythoncom.DISPATCH_METHOD, 1, *given))

    return types.MethodType(call, self)


class _Policy(win32com.server.policy.DynamicPolicy):
    """Members of an object are its methods ``get_Name``, ``put_Name`` and ``call_Name``."""

    def _wrap_(self, obj):
        self._obj_ = obj
        self._com_interfaces_ = [pythoncom.IID_IDispatch]
        members = {name.partition("_")[2] for name in dir(obj) if name.startswith(("get_", "put_", "call_"))}
        self._names = dict(enumerate(sorted(members), 1000))
        self._ids = {name.lower(): number for number, name in self._names.items()}

    def _getdispid_(self, name, _):
        if Modelled.is_busy():
            raise COMException(scode=CALL_REJECTED)
        if name.lower() == "_newenum":
            return pythoncom.DISPID_NEWENUM
        if name.lower() not in self._ids:
            raise COMException(
                scode=winerror.DISP_E_UNKNOWNNAME, desc=f"not modelled: {type(self._obj_).__name__}.{name}"
            )
        return self._ids[name.lower()]

    def _getidsofnames_(self, names, lcid):
        return (self._getdispid_(names[0], lcid),)

    def _gettypeinfocount_(self):
        return 0

    def _invoke_(self, dispid, lcid, flags, arguments):
        return 0, -1, self._invokeex_(dispid, lcid, flags, arguments, None, None)

    def _invokeex_(self, dispid, lcid, flags, arguments, _, __):
        del lcid
        if dispid == pythoncom.DISPID_NEWENUM:
            return win32com.server.util.NewEnum([com(item) for item in self._obj_.items()])
        name = "Item" if dispid == 0 else self._names[dispid]
        return self._obj_.answer(name, flags, [_plain(argument) for argument in arguments])


def com(value):
    """Return a value as it goes to the caller: an object of the model behind IDispatch."""
    if isinstance(value, Modelled):
        if value.wrapped is None:
            value.wrapped = win32com.server.util.wrap(value, usePolicy=_Policy)
            _KEPT.append(value)
        return value.wrapped
    return list(value) if isinstance(value, tuple) else value  # a tuple would be: answer, changed arguments


def _plain(argument):
    if type(argument) is int and argument == LEFT_OUT:
        return None
    try:
        return win32com.server.util.unwrap(argument)
    except (TypeError, AttributeError, pythoncom.com_error, ValueError):
        return argument


class Modelled:
    """An object of Excel."""

    wrapped = None
    is_busy = staticmethod(lambda: False)

    def answer(self, name, flags, arguments):
        """Answer a call, or fail as Excel does.

        While a cell is edited that is 0x800AC472 behind "an exception occurred": so xlwings has met it
        (COMRetryObjectWrapper.__setattr__). That a method answers the same is recalled.
        """
        if Modelled.is_busy():
            raise COMException(scode=BUSY)
        puts = flags & (pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF)
        member = getattr(self, f"{'put' if puts else 'get'}_{name}", None)
        if member is None and not puts:
            member = getattr(self, f"call_{name}", None)
            if member is not None and flags == pythoncom.DISPATCH_PROPERTYGET and not arguments:
                raise COMException(scode=winerror.DISP_E_BADPARAMCOUNT, desc=name)  # a method is no property
        if member is None:
            raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND, desc=name)
        try:
            inspect.signature(member).bind(*arguments)
        except TypeError as error:
            raise COMException(scode=winerror.DISP_E_BADPARAMCOUNT, desc=name) from error
        try:
            return com(member(*arguments))
        except ExcelError as error:
            raise COMException(scode=FAILED, desc=error.excepinfo[2]) from error


class Items(Modelled):
    """A collection, counted from 1."""

    def __init__(self, items, parent=None):
        self.items = items
        self.parent = parent

    def get_Count(self):
        return len(self.items())

    def get_Parent(self):
        return self.parent

    def call_Item(self, key):
        if isinstance(key, int | float):
            return self.items()[int(key) - 1]
        for item in self.items():
            if item.name.casefold() == str(key).casefold():
                return item
        raise COMException(scode=winerror.DISP_E_BADINDEX)


def plain_properties(cls, **defaults):
    """Give a class properties that only keep what is put into them."""
    for name, default in defaults.items():
        setattr(cls, f"get_{name}", lambda self, name=name, default=default: vars(self).get(name, default))
        setattr(cls, f"put_{name}", lambda self, value, name=name: vars(self).__setitem__(name, value))
