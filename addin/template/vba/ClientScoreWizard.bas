Attribute VB_Name = "ClientScoreWizard"
' What the function wizard of Excel is told of the formulas; which there are stands in ClientScoreFields.
Option Explicit
Option Private Module

' Names and explains the formulas, and leaves the workbook as saved as it was.
Public Sub DescribeFunctions()
    #If Not Mac Then
        Dim Saved As Boolean
        Saved = ThisWorkbook.Saved
        On Error GoTo CleanExit
        DescribeEach
CleanExit:
        ThisWorkbook.Saved = Saved
    #End If
End Sub

Public Sub DescribeFunction(ByVal Formula As String, ByVal Description As String, ByVal Arguments As Variant)
    Application.MacroOptions Macro:=Formula, Description:=Description, Category:=TextTitle, _
        ArgumentDescriptions:=Arguments
End Sub
