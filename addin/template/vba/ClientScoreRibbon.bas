Attribute VB_Name = "ClientScoreRibbon"
' The ribbon tab ClientScore: one line a button.
'
' The labels of the tab stand in customUI14.xml, in the language of the workbook;
' what a button does stands in Python (addin/ribbon.py), but for the two that only show a sheet.
Option Explicit

Public Sub RibbonRefresh(control As IRibbonControl)
    PressButton "refresh"
End Sub

Public Sub RibbonCheck(control As IRibbonControl)
    PressButton "check"
End Sub

Public Sub RibbonImport(control As IRibbonControl)
    PressButton "import"
End Sub

Public Sub RibbonExplain(control As IRibbonControl)
    PressButton "explain"
End Sub

Public Sub RibbonUndo(control As IRibbonControl)
    PressButton "undo"
End Sub

Public Sub RibbonNewSheet(control As IRibbonControl)
    PressButton "new_sheet"
End Sub

Public Sub RibbonSettings(control As IRibbonControl)
    ShowSheet "SettingsSheet"
End Sub

Public Sub RibbonHelp(control As IRibbonControl)
    ShowSheet "StartSheet"
End Sub

' Brings a sheet to the front, by the name in code that it keeps when a person renames it.
Private Sub ShowSheet(ByVal NameInCode As String)
    Dim Sheet As Worksheet
    For Each Sheet In ThisWorkbook.Worksheets
        If Sheet.CodeName = NameInCode And Sheet.Visible = xlSheetVisible Then
            ThisWorkbook.Activate
            Sheet.Activate
            Exit Sub
        End If
    Next Sheet
    MsgBox TextNoSheet, vbInformation, TextTitle
End Sub
