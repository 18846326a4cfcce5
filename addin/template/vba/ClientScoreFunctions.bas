Attribute VB_Name = "ClientScoreFunctions"
' The formulas: =CLIENTSCORE(), =CLIENTCLASS(), =CLIENTWHY(), =CLIENTRANK().
'
' Account  a code or a range of codes; left out, inside an account table, the account of the own row
' TableN   tables that stand in for those of the workbook, such as Criteria[#All]; without any, the
'          formulas answer from the last refresh
'
' Unknown account, no score: #N/A. Too little known: ? for the class. Tables that cannot be used: #VALUE!.
Option Explicit

Public Function CLIENTSCORE(Optional Account As Variant, Optional Table1 As Variant, Optional Table2 As Variant, _
        Optional Table3 As Variant, Optional Table4 As Variant, Optional Table5 As Variant, _
        Optional Table6 As Variant, Optional Table7 As Variant, Optional Table8 As Variant) As Variant
    CLIENTSCORE = AnswerOf("score", Account, 0, _
        Array(Table1, Table2, Table3, Table4, Table5, Table6, Table7, Table8))
End Function

Public Function CLIENTCLASS(Optional Account As Variant, Optional Table1 As Variant, Optional Table2 As Variant, _
        Optional Table3 As Variant, Optional Table4 As Variant, Optional Table5 As Variant, _
        Optional Table6 As Variant, Optional Table7 As Variant, Optional Table8 As Variant) As Variant
    CLIENTCLASS = AnswerOf("class", Account, 0, _
        Array(Table1, Table2, Table3, Table4, Table5, Table6, Table7, Table8))
End Function

Public Function CLIENTRANK(Optional Account As Variant, Optional Table1 As Variant, Optional Table2 As Variant, _
        Optional Table3 As Variant, Optional Table4 As Variant, Optional Table5 As Variant, _
        Optional Table6 As Variant, Optional Table7 As Variant, Optional Table8 As Variant) As Variant
    CLIENTRANK = AnswerOf("rank", Account, 0, _
        Array(Table1, Table2, Table3, Table4, Table5, Table6, Table7, Table8))
End Function

Public Function CLIENTWHY(Optional Account As Variant, Optional N As Variant, Optional Table1 As Variant, _
        Optional Table2 As Variant, Optional Table3 As Variant, Optional Table4 As Variant, _
        Optional Table5 As Variant, Optional Table6 As Variant, Optional Table7 As Variant, _
        Optional Table8 As Variant) As Variant
    CLIENTWHY = AnswerOf("why", Account, N, _
        Array(Table1, Table2, Table3, Table4, Table5, Table6, Table7, Table8))
End Function

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

' Names and explains the formulas to the function wizard.
Public Sub DescribeFunctions()
    #If Not Mac Then
        Dim Saved As Boolean
        Saved = ThisWorkbook.Saved
        On Error GoTo CleanExit
        DescribeFunction "CLIENTSCORE", TextScore, Array(TextAccount, TextTable)
        DescribeFunction "CLIENTCLASS", TextClass, Array(TextAccount, TextTable)
        DescribeFunction "CLIENTRANK", TextRank, Array(TextAccount, TextTable)
        DescribeFunction "CLIENTWHY", TextWhy, Array(TextAccount, TextN, TextTable)
CleanExit:
        ThisWorkbook.Saved = Saved
    #End If
End Sub

Private Sub DescribeFunction(ByVal Formula As String, ByVal Description As String, ByVal Arguments As Variant)
    Application.MacroOptions Macro:=Formula, Description:=Description, Category:=TextTitle, _
        ArgumentDescriptions:=Arguments
End Sub
