Attribute VB_Name = "ClientScoreTables"
' The tables of the workbook as blocks of values: their first row holds the headers.
'
' A table is an account table when it has the columns Account, Score and Class, whatever its name;
' the tables of the model, History and Checks never are. Headers are matched in either language,
' ignoring case, accents and blanks.
Option Explicit
Option Private Module

' Values of all account tables.
Public Function AccountBlocks() As Collection
    Dim Table As Variant
    Dim Blocks As Collection
    Set Blocks = New Collection
    For Each Table In ListedTables()
        If IsAccountTable(Table) Then Blocks.Add BlockOf(WholeTable(Table.Range))
    Next Table
    Set AccountBlocks = Blocks
End Function

' What a scoring run in Python is asked with: a description of the tables, then the values of each.
Public Function ScoringArguments(Given As Collection) As Variant
    Dim Arguments() As Variant
    Dim Places() As Variant
    Dim Tables As Collection
    Dim Table As Variant
    Dim Index As Long
    Set Tables = New Collection
    For Each Table In ListedTables()
        If IsModelTable(Table) Or IsAccountTable(Table) Then Tables.Add Table
    Next Table
    ReDim Places(0 To Tables.Count + Given.Count - 1, 0 To LAST_PLACE)
    ReDim Arguments(0 To Tables.Count + Given.Count)
    For Each Table In Tables
        DescribeArea Places, Index, Table.Name, Table.Range, False
        Arguments(Index + 1) = WholeTable(Table.Range).Value
        Index = Index + 1
    Next Table
    For Each Table In Given
        If IsObject(Table) Then
            DescribeArea Places, Index, NameOfTable(Table), Table, True
            Arguments(Index + 1) = Table.Value
        Else
            Describe Places, Index, "", "", 1, 1, True
            Arguments(Index + 1) = Table
        End If
        Index = Index + 1
    Next Table
    Arguments(0) = Places
    ScoringArguments = Arguments
End Function

Private Sub DescribeArea(Places() As Variant, ByVal Index As Long, ByVal TableName As String, Area As Variant, ByVal Given As Boolean)
    Describe Places, Index, TableName, Area.Worksheet.Name, Area.Row, Area.Column, Given
End Sub

Private Sub Describe(Places() As Variant, ByVal Index As Long, ByVal TableName As String, ByVal SheetName As String, _
        ByVal Row As Long, ByVal Column As Long, ByVal Given As Boolean)
    Places(Index, PLACE_NAME) = TableName
    Places(Index, PLACE_SHEET) = SheetName
    Places(Index, PLACE_ROW) = Row
    Places(Index, PLACE_COLUMN) = Column
    Places(Index, PLACE_GIVEN) = Given
End Sub

' Every table of the workbook.
Private Function ListedTables() As Collection
    Dim Sheet As Worksheet
    Dim Table As ListObject
    Dim Tables As Collection
    Set Tables = New Collection
    For Each Sheet In ThisWorkbook.Worksheets
        For Each Table In Sheet.ListObjects
            If Table.ShowHeaders Then Tables.Add Table
        Next Table
    Next Sheet
    Set ListedTables = Tables
End Function

' A table with its headers and without its totals row, of which any part is given; else the range as it is.
Public Function WholeTable(ByVal Area As Range) As Range
    Dim Table As ListObject
    Set WholeTable = Area
    Set Table = Area.ListObject
    If Table Is Nothing Then Exit Function
    If Not Table.ShowHeaders Then Exit Function
    Set WholeTable = Table.Range
    If Table.ShowTotals Then Set WholeTable = Table.Range.Resize(Table.Range.Rows.Count - 1)
End Function

Private Function NameOfTable(ByVal Area As Range) As String
    If Not Area.ListObject Is Nothing Then NameOfTable = Area.ListObject.Name
End Function

' The values of a range as rows and columns, of a single cell too.
Public Function BlockOf(ByVal Area As Range) As Variant
    Dim One(1 To 1, 1 To 1) As Variant
    If Area.Count = 1 Then
        One(1, 1) = Area.Value2
        BlockOf = One
    Else
        BlockOf = Area.Value2
    End If
End Function

' The codes of the accounts in whose rows some cells stand, below each other.
Public Function CodesOfRows(ByVal Caller As Range) As Variant
    Dim Table As ListObject
    Dim Codes() As Variant
    Dim Row As Long
    Dim Place As Long
    Set Table = Caller.ListObject
    If Table Is Nothing Then Err.Raise 5
    Place = PlaceOf(BlockOf(Table.HeaderRowRange), HeadersAccount)
    If Place = 0 Then Err.Raise 5
    ReDim Codes(1 To Caller.Rows.Count, 1 To 1)
    For Row = 1 To Caller.Rows.Count
        Codes(Row, 1) = Caller.Worksheet.Cells(Caller.Row + Row - 1, Table.Range.Column + Place - 1).Value2
    Next Row
    If Caller.Rows.Count = 1 Then
        CodesOfRows = Codes(1, 1)
    Else
        CodesOfRows = Codes
    End If
End Function

' The values of the first table that has some columns, whatever its name; empty where there is none.
Public Function BlockWith(Headers As Variant) As Variant
    Dim Table As Variant
    Dim Wanted As Variant
    Dim First As Variant
    Dim Has As Boolean
    For Each Table In ListedTables()
        First = BlockOf(Table.HeaderRowRange)
        Has = True
        For Each Wanted In Headers
            If PlaceOf(First, CStr(Wanted)) = 0 Then Has = False
        Next Wanted
        If Has Then
            BlockWith = BlockOf(WholeTable(Table.Range))
            Exit Function
        End If
    Next Table
End Function

Private Function IsModelTable(Table As Variant) As Boolean
    IsModelTable = InStr(TablesOfModel, "|" & LCase$(Table.Name) & "|") > 0
End Function

Private Function IsAccountTable(Table As Variant) As Boolean
    Dim Headers As Variant
    If InStr(TablesNamed, "|" & LCase$(Table.Name) & "|") > 0 Then Exit Function
    Headers = BlockOf(Table.HeaderRowRange)
    If PlaceOf(Headers, HeadersAccount) = 0 Then Exit Function
    If PlaceOf(Headers, HeadersScore) = 0 Then Exit Function
    If PlaceOf(Headers, HeadersClass) = 0 Then Exit Function
    ' A copy of History, say, has an account, a score and a class in each row too.
    IsAccountTable = Not IsOfAnother(Headers)
End Function

' The columns of a block that hold what formulas answer; 0 for one that is not there.
Public Function AnswerColumns(Block As Variant) As Variant
    Dim Places(0 To LAST_ANSWER) As Variant
    Dim Field As Long
    For Field = 0 To LAST_ANSWER
        Places(Field) = PlaceOf(Block, HeadersOf(Field))
    Next Field
    AnswerColumns = Places
End Function

' A cell of a block; empty where the column is not there.
Public Function CellAt(Block As Variant, ByVal Row As Long, ByVal Column As Long) As Variant
    If Column >= LBound(Block, 2) Then CellAt = Block(Row, Column)
End Function

' The column of a block whose header is one of some folded names, which stand between bars; 0 for none.
Public Function PlaceOf(Block As Variant, ByVal Names As String) As Long
    Dim Column As Long
    For Column = 1 To UBound(Block, 2)
        If Not IsError(Block(1, Column)) Then
            If InStr(Names, "|" & Folded(CStr(Block(1, Column))) & "|") > 0 Then
                PlaceOf = Column
                Exit Function
            End If
        End If
    Next Column
End Function

' A header without case, accents, and outer or repeated blanks.
Public Function Folded(ByVal Text As String) As String
    Static Accented As String
    Static Unaccented As String
    Dim Index As Long
    Dim Place As Long
    Dim Letter As String
    Dim Plain As String
    If Accented = "" Then
        Accented = TextAccented
        Unaccented = TextUnaccented
    End If
    Text = LCase$(WithPlainBlanks(Text))
    For Index = 1 To Len(Text)
        Letter = Mid$(Text, Index, 1)
        Place = InStr(1, Accented, Letter, vbBinaryCompare)
        If Place > 0 Then Letter = Mid$(Unaccented, Place, 1)
        If Letter <> " " Or Right$(Plain, 1) <> " " Then Plain = Plain & Letter
    Next Index
    Folded = Trim$(Plain)
End Function

' The text of an account code: a number is what would be typed.
Public Function CodeText(ByVal Code As Variant) As String
    If IsEmpty(Code) Or IsNull(Code) Then Exit Function
    CodeText = Trim$(WithPlainBlanks(CStr(Code)))
End Function

Private Function WithPlainBlanks(ByVal Text As String) As String
    Text = Replace(Replace(Text, vbLf, " "), vbTab, " ")
    WithPlainBlanks = Replace(Replace(Text, ChrW(160), " "), ChrW(8239), " ")
End Function
