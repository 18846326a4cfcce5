Attribute VB_Name = "ClientScoreRibbon"
' What is called from outside: by the ribbon tab ClientScore, and by Python.
'
' The labels of the tab stand in customUI14.xml, in the language of the workbook; what its buttons do
' stands in ClientScoreButtons.
Option Explicit

' Every button and every line of a menu, told by its tag.
Public Sub RibbonPress(control As IRibbonControl)
    PressTagged control.Tag
End Sub

' Called by Python after a refresh or an undo: formulas answer anew.
Public Sub AnswerAnew()
    Dim Sheet As Worksheet
    ForgetAnswers
    For Each Sheet In ThisWorkbook.Worksheets
        If Sheet.EnableCalculation Then
            Sheet.EnableCalculation = False
            Sheet.EnableCalculation = True ' all its formulas are due now
        End If
    Next Sheet
End Sub

' A link to a sheet of a use that is out of the way: Excel does not follow it, so the sheet is filled and shown.
Public Sub FollowToUse(ByVal Place As String)
    Dim Sheet As Worksheet
    Dim Button As String
    For Each Sheet In ThisWorkbook.Worksheets
        Button = LineThatFills(Sheet.CodeName)
        If Button <> "" And Sheet.Visible <> xlSheetVisible Then
            If Place = "'" & Replace(Sheet.Name, "'", "''") & "'!A1" Then
                PressTagged Button
                Exit Sub
            End If
        End If
    Next Sheet
End Sub

' Lets Python do what a button says, or shows the sheet that it is for.
Private Sub PressTagged(ByVal Button As String)
    If AsksPython(Button) Then
        PressButton Button
    ElseIf SheetShownBy(Button) <> "" Then
        ShowSheet SheetShownBy(Button)
    End If
End Sub

' Brings a sheet to the front, by the name in code that it keeps when a person renames it.
Public Sub ShowSheet(ByVal NameInCode As String)
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
