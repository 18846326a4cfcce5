"""Basic that stands in for what the host does not have: the ribbon, xlwings, message boxes."""

MODULE, CLASS, DOCUMENT = "module", "class", "document"

STAND_INS = {r"\bMsgBox\b": "HarnessMsgBox", r"\bApplication\.Ready\b": "HarnessReady"}
"""What to write in the code of the product instead of what Basic does not have or cannot report."""

CONTROL = """Public ID As String
Public Tag As String
Public Context As Object
"""

RIBBON = """Public Invalidated As String
Public Sub Invalidate()
    Invalidated = Invalidated & Chr(30) & "*"
End Sub
Public Sub InvalidateControl(id As String)
    Invalidated = Invalidated & Chr(30) & id
End Sub
Public Sub ActivateTab(id As String)
End Sub
"""

XLWINGS = """Private given As String
Public Function RunPython(command As String)
    given = given & Chr(30) & command
    RunPython = 0
End Function
Public Function GetConfig(key As String, Optional default As String, Optional source As String)
    GetConfig = default
End Function
Public Function HarnessCommands() As String
    HarnessCommands = given
End Function
Public Sub HarnessForgetCommands()
    given = ""
End Sub
"""

HARNESS = """Private shown As String
Private given As Long
Private busy As Boolean
Public Function HarnessReady() As Boolean
    HarnessReady = Not busy
End Function
Public Sub HarnessBeReady(ready As Boolean)
    busy = Not ready
End Sub
Public Function HarnessMsgBox(prompt, Optional buttons, Optional title, Optional helpfile, Optional context)
    shown = shown & Chr(30) & CStr(prompt)
    HarnessMsgBox = given
End Function
Public Sub HarnessAnswer(reply As Long)
    given = reply
End Sub
Public Function HarnessMessages() As String
    HarnessMessages = shown
End Function
Public Sub HarnessForgetMessages()
    shown = ""
End Sub
"""

STUBS = {
    "IRibbonControl": (CLASS, CONTROL),
    "IRibbonUI": (CLASS, RIBBON),
    "xlwings": (MODULE, XLWINGS),
    "Harness": (MODULE, HARNESS),
}

CALLER = """Private value As Variant
Public Function HarnessCall(callback As String, id As String, tag As String) As String
    Dim control As New IRibbonControl
    Dim ribbon As New IRibbonUI
    control.ID = id
    control.Tag = tag
    value = Empty
    On Error GoTo failed
    Select Case callback
{cases}
    End Select
    HarnessCall = ""
    Exit Function
failed:
    HarnessCall = "error " & Err.Number & ": " & Err.Description
End Function
Public Function HarnessValue() As Variant
    HarnessValue = value
End Function
{lives}
"""
"""Calls a callback by its name, with a control, and says what went wrong."""

CASE = {"ui": "{name} ribbon", "action": "{name} control", "getter": "{name} control, value"}
"""How to call a callback by the kind of its arguments."""

SIGN = 42
ALIVE = """Public Function HarnessAliveIn{name}()
    HarnessAliveIn{name} = 42
End Function
"""
"""A module's sign of life."""
CLASS_ALIVE = """Public Function HarnessAliveIn{name}()
    Dim made As New {name}
    HarnessAliveIn{name} = made.HarnessAliveIn{name}()
End Function
"""
"""A class's sign of life, asked of an instance."""
