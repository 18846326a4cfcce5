"""The harness for VBA itself, on small modules."""

import zipfile
from pathlib import Path

import pytest
import xlwings as xw
from support.calc.vba import (
    Action,
    Project,
    execute,
    read_modules,
    ribbon_actions,
    ribbon_callbacks,
    stored_modules,
)
from support.calc.vba_stubs import CLASS, DOCUMENT, MODULE
from support.calc.vba_text import resolve_conditions

RIBBON = '''Attribute VB_Name = "Ribbon"
Option Explicit
#If VBA7 Then
Private Declare PtrSafe Sub Sleep Lib "kernel32" (ByVal ms As Long)
#Else
Private Declare Sub Sleep Lib "kernel32" (ByVal ms As Long)
#End If
Private mRibbon As IRibbonUI

Public Sub OnLoad(ribbon As IRibbonUI)
    Set mRibbon = ribbon
End Sub

Public Sub OnScore(control As IRibbonControl)
    CallPython control.ID
End Sub

Public Sub OnFail(control As IRibbonControl)
    Err.Raise 5, , "went wrong"
End Sub

Public Sub OnAsk(ByVal control As IRibbonControl)
    If MsgBox("Really? It's a ""MsgBox""", vbYesNo) = vbYes Then CallPython "yes"
End Sub

Public Sub OnReady(ByVal control As IRibbonControl)
    CallPython CStr(Application.Ready)
End Sub

Public Sub GetLabel(control As IRibbonControl, ByRef returnedVal)
    returnedVal = "Label of " & control.ID
End Sub

Private Sub CallPython(command As String)
#If Mac Then
    RunPython "import addin; addin.mac('" & command & "')"
#Else
    RunPython "import addin; addin.run('" & command & "')"
#End If
End Sub

Public Function AddTwo(a, b)
    AddTwo = a + b
End Function
'''
COUNTER = """Option Explicit
Private n As Long
Public Function NextOne() As Long
    n = n + 1
    NextOne = n
End Function
"""
USES = """Public Function CountTwice() As Long
    Dim c As New Counter
    c.NextOne
    CountTwice = c.NextOne
End Function
"""
WORKBOOK = """Public OpenedAs As String
Private Sub Workbook_Open()
    OpenedAs = ThisWorkbook.Worksheets(1).Name
End Sub
Public Function OpenedIn() As String
    OpenedIn = OpenedAs
End Function
"""
MODULES = {
    "Ribbon": (MODULE, RIBBON),
    "Counter": (CLASS, COUNTER),
    "Uses": (MODULE, USES),
    "xlwings": (MODULE, "this is not Basic ("),
    "Dictionary": (CLASS, "nor is this ("),
}
ACTIONS = {
    "btnScore": Action("OnScore"),
    "btnFail": Action("OnFail"),
    "btnAsk": Action("Ribbon.OnAsk"),
    "btnReady": Action("OnReady"),
    "btnNone": Action("OnNothing"),
}


@pytest.fixture
def project(small_book):
    return Project(small_book, MODULES)


def test_functions_and_classes_run(small_book, project):
    assert project.alive()
    assert project.run("AddTwo", 2, 3) == 5
    assert project.run("Uses.CountTwice") == 2
    assert small_book.macro("AddTwo")(2.5, 3) == 5.5
    assert small_book.macro("Ribbon.AddTwo")("a", "b") == "ab"


def test_a_button_runs_python(project):
    assert project.press("btnScore", ACTIONS) == ["import addin; addin.run('btnScore')"]
    assert project.press("btnScore", ACTIONS) == ["import addin; addin.run('btnScore')"]


def test_the_mac_has_its_branch(small_book):
    project = Project(small_book, MODULES, mac=True)
    assert project.press("btnScore", ACTIONS) == ["import addin; addin.mac('btnScore')"]


def test_message_boxes_are_kept_and_answered(project):
    assert project.press("btnAsk", ACTIONS) == []
    assert project.messages == ['Really? It\'s a "MsgBox"']
    project.answer(6)
    assert project.press("btnAsk", ACTIONS) == ["import addin; addin.run('yes')"]
    project.forget_messages()
    assert project.messages == []


def test_excel_may_not_be_ready(project):
    project.ready(ready=False)
    assert project.press("btnReady", ACTIONS) == ["import addin; addin.run('False')"]
    project.ready(ready=True)
    assert project.press("btnReady", ACTIONS) == ["import addin; addin.run('True')"]


def test_what_cannot_run_gets_another_body(small_book):
    project = Project(small_book, MODULES, bodies={"AddTwo": "AddTwo = 7", "NextOne": "NextOne = 9"})
    assert project.run("AddTwo", 2, 3) == 7
    assert project.run("CountTwice") == 9
    with pytest.raises(AssertionError, match="no module has Nothing"):
        Project(small_book, MODULES, bodies={"Nothing": ""})


def test_a_module_of_the_workbook_runs(small_book):
    project = Project(small_book, MODULES | {"ThisWorkbook": (DOCUMENT, WORKBOOK)})
    assert project.run("ThisWorkbook_.Workbook_Open") is None
    assert project.run("OpenedIn") == "Clients"


def test_getters_answer(project):
    project.call("OnLoad")
    assert project.call("GetLabel", "btnScore") == "Label of btnScore"


def test_errors_are_not_silent(project):
    with pytest.raises(AssertionError, match="went wrong"):
        project.press("btnFail", ACTIONS)
    with pytest.raises(AssertionError, match="no module has a callback OnNothing"):
        project.press("btnNone", ACTIONS)


def test_an_undeclared_variable_is_found_when_its_line_runs(small_book):
    text = "Option Explicit\nPublic Sub OnUndeclared(control As IRibbonControl)\n    total = 3\nEnd Sub\n"
    project = Project(small_book, {"Undeclared": (MODULE, text)})
    with pytest.raises(AssertionError, match="not defined"):
        project.call("OnUndeclared")


def test_the_module_that_does_not_compile_is_blamed(small_book):
    broken = MODULES | {"Broken": (MODULE, "Public Sub A()\n If x = Then\nEnd Sub\n")}
    with pytest.raises(AssertionError, match=r"cannot compile Broken$"):
        Project(small_book, broken)
    with pytest.raises(AssertionError, match=r"cannot compile Counter$"):
        Project(small_book, MODULES | {"Counter": (CLASS, COUNTER + "Public Sub X(\n")})


CONDITIONS = """#Const Own = 2
#If Mac And Not VBA7 Then
a
#ElseIf Own = 2 Then
  #If Win64 Then ' a comment
b
  #Else
c
  #End If
#Else
d
#End If
e"""


def test_conditional_compilation():
    windows = resolve_conditions(CONDITIONS, {"Mac": False, "VBA7": True, "Win64": True})
    assert windows.split() == ["b", "e"]
    assert windows.count("\n") == CONDITIONS.count("\n")
    assert resolve_conditions(CONDITIONS, {"Mac": True, "VBA7": False}).split() == ["a", "e"]


def test_modules_of_files_and_of_a_workbook(open_book, tmp_path):
    (tmp_path / "ribbon.bas").write_bytes(RIBBON.replace("\n", "\r\n").encode())
    head = 'VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1\nEND\nAttribute VB_Name = "{}"\n'
    (tmp_path / "Counter.cls").write_text(head.format("Counter") + COUNTER)
    (tmp_path / "ThisWorkbook.cls").write_text(head.format("ThisWorkbook") + WORKBOOK)
    modules = read_modules(tmp_path)
    assert {name: kind for name, (kind, _) in modules.items()} == {
        "Ribbon": MODULE,
        "Counter": CLASS,
        "ThisWorkbook": DOCUMENT,
    }
    book = open_book(Path(xw.__file__).with_name("quickstart_standalone.xlsm"))
    stored = stored_modules(book)
    assert stored["xlwings"][0] == MODULE
    assert stored["Dictionary"][0] == CLASS
    assert stored["ThisWorkbook"][0] == DOCUMENT
    project = Project(book, stored | modules)
    assert project.press("btnScore", ACTIONS) == ["import addin; addin.run('btnScore')"]


def test_the_command_is_executed_against_the_calling_book(small_book):
    command = "import xlwings; xlwings.Book.caller().sheets[0].range('F1').value = '{}'"
    body = f'RunPython "{command}"'.format('" & command & "')
    project = Project(small_book, MODULES, bodies={"CallPython": body})
    execute(project.press("btnScore", ACTIONS))
    assert small_book.sheets[0].range("F1").value == "btnScore"


def test_ribbon_actions(tmp_path):
    path = tmp_path / "ribbon.xlsm"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "customUI/customUI14.xml",
            """<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui" onLoad="OnLoad">
            <ribbon><tabs><tab id="t"><group id="g">
            <button id="btnScore" onAction="OnScore" getLabel="GetLabel"/>
            </group></tab></tabs></ribbon></customUI>""",
        )
    assert ribbon_actions(path) == {"btnScore": Action("OnScore")}
    assert ribbon_callbacks(path) == {("onLoad", "OnLoad"), ("onAction", "OnScore"), ("getLabel", "GetLabel")}
