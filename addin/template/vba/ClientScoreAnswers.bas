Attribute VB_Name = "ClientScoreAnswers"
' What the formulas answer: from the last refresh in plain VBA, or from one scoring run in Python.
'
' One recalculation asks Python once, however many cells ask: the answers for all accounts are kept,
' until a cell changes or a recalculation ends, under a key made of the given tables. The key holds the
' values of small tables, since Excel may ask before their cells are calculated, and of large ones the
' address, the sum and the count.
Option Explicit
Option Private Module

' Cells up to which a table goes into the key by its values.
Private Const SMALL As Long = 2000
' Sets of answers kept: several strategies may be looked at side by side.
Private Const MOST_KEPT As Long = 12

Private mStored As Collection
Private mScored As Collection
Private mKeys As Collection

' Forgets all answers: a cell has changed, or a refresh has written new ones.
Public Sub ForgetAnswers()
    Set mStored = Nothing
    Set mScored = Nothing
    Set mKeys = Nothing
End Sub

' The answer for one account, or for each account of a range.
' Field is where the result stands in an answer; N is the number of reasons, where it is given.
Public Function AnswerOf(ByVal Field As Long, Account As Variant, N As Variant, ByVal Given As Variant) As Variant
    Dim Answers As Collection
    Dim Codes As Variant
    Dim Results() As Variant
    Dim Row As Long
    Dim Column As Long
    On Error GoTo Unusable
    Codes = CodesOf(Account)
    Set Answers = AnswersFor(GivenTables(Given))
    If Answers Is Nothing Then
        AnswerOf = CVErr(xlErrValue)
        Exit Function
    End If
    If Not IsArray(Codes) Then
        AnswerOf = OneAnswer(Field, Codes, N, Answers)
        Exit Function
    End If
    ReDim Results(1 To UBound(Codes, 1), 1 To UBound(Codes, 2))
    For Row = 1 To UBound(Codes, 1)
        For Column = 1 To UBound(Codes, 2)
            Results(Row, Column) = OneAnswer(Field, Codes(Row, Column), N, Answers)
        Next Column
    Next Row
    AnswerOf = Results
    Exit Function
Unusable:
    AnswerOf = CVErr(xlErrValue)
End Function

Private Function OneAnswer(ByVal Field As Long, ByVal Code As Variant, N As Variant, Answers As Collection) As Variant
    Dim Found As Variant
    Dim Answer As Variant
    OneAnswer = CVErr(xlErrNA)
    If IsError(Code) Then Exit Function
    If CodeText(Code) = "" Then Exit Function
    Found = Looked(Answers, CodeText(Code))
    If Not IsArray(Found) Then Exit Function
    Answer = FirstReasons(Found(Field), N)
    If IsError(Answer) Or IsEmpty(Answer) Then Exit Function
    If VarType(Answer) = vbString Then
        If Answer = "" Then Exit Function
    End If
    OneAnswer = Answer
End Function

' The codes asked for: one, or an array of rows and columns; of the own row where none is given.
Private Function CodesOf(Account As Variant) As Variant
    If IsMissing(Account) Then
        CodesOf = CodesOfRows(Application.Caller)
    ElseIf IsObject(Account) Then
        If Account.Count = 1 Then
            CodesOf = Account.Value2
        Else
            CodesOf = BlockOf(Account)
        End If
    ElseIf IsArray(Account) Then
        CodesOf = WithRows(Account)
    Else
        CodesOf = Account
    End If
End Function

' Values as rows and columns: what holds one row, such as {"C-1","C-2"}, comes from Excel without rows.
Private Function WithRows(Values As Variant) As Variant
    Dim OneRow() As Variant
    Dim Index As Long
    If HasRows(Values) Then
        WithRows = Values
        Exit Function
    End If
    ReDim OneRow(1 To 1, 1 To UBound(Values) - LBound(Values) + 1)
    For Index = 1 To UBound(OneRow, 2)
        OneRow(1, Index) = Values(LBound(Values) + Index - 1)
    Next Index
    WithRows = OneRow
End Function

Private Function HasRows(Values As Variant) As Boolean
    Dim Columns As Long
    On Error GoTo NoRows
    Columns = UBound(Values, 2)
    HasRows = True
    Exit Function
NoRows:
    HasRows = False
End Function

' The given arguments that are tables; those left out are none.
Private Function GivenTables(ByVal Given As Variant) As Collection
    Dim Index As Long
    Dim Tables As Collection
    Set Tables = New Collection
    For Index = LBound(Given) To UBound(Given)
        If IsObject(Given(Index)) Then
            Tables.Add WholeTable(Given(Index))
        ElseIf IsArray(Given(Index)) Then
            Tables.Add Given(Index)
        ElseIf Not IsMissing(Given(Index)) Then
            Err.Raise 5 ' a number, a text or what is left of a deleted table (#REF!) is no table
        End If
    Next Index
    Set GivenTables = Tables
End Function

' Answers by account code, or Nothing where the given tables cannot be used.
Private Function AnswersFor(Given As Collection) As Collection
    Dim Server As Object
    Dim Key As String
    If Given.Count > 0 Then Set Server = PythonServer()
    If Server Is Nothing Then
        If mStored Is Nothing Then Set mStored = StoredAnswers()
        Set AnswersFor = mStored
        Exit Function
    End If
    If mScored Is Nothing Then
        Set mScored = New Collection
        Set mKeys = New Collection
    End If
    Key = KeyOf(Given)
    If Not Keeps(mScored, Key) Then
        If mScored.Count >= MOST_KEPT Then
            mScored.Remove mKeys(1)
            mKeys.Remove 1
        End If
        mScored.Add ScoredAnswers(Server, Given), Key
        mKeys.Add Key
    End If
    If IsObject(mScored(Key)) Then Set AnswersFor = mScored(Key)
End Function

' One scoring run in Python: answers by code; Nothing, with the reason in the status bar, where it declines.
Private Function ScoredAnswers(Server As Object, Given As Collection) As Variant
    Dim Rows As Variant
    Dim Row As Long
    Dim Field As Long
    Dim First As Long
    Dim Places(0 To LAST_ANSWER) As Variant
    Dim Answers As Collection
    Rows = Asked(Server, ScoringArguments(Given))
    First = LBound(Rows, 1)
    If Rows(First, LBound(Rows, 2)) <> "ok" Then
        Application.StatusBar = Left$(TextTitle & ": " & Rows(First, LBound(Rows, 2) + 1), 240)
        ScoredAnswers = False
        Exit Function
    End If
    For Field = 0 To LAST_ANSWER
        Places(Field) = LBound(Rows, 2) + Field
    Next Field
    Set Answers = New Collection
    For Row = First + 1 To UBound(Rows, 1)
        AddAnswer Answers, AnswerIn(Rows, Row, Places)
    Next Row
    ClearOwnStatus
    Set ScoredAnswers = Answers
End Function

' Asks the server, and once more where it has ended meanwhile. What fails twice is a fault like others, which
' is kept with the answers: no cell of this recalculation starts Python again.
Private Function Asked(Server As Object, Arguments As Variant) As Variant
    Dim Again As Object
    Dim Fault(0 To 0, 0 To 1) As Variant
    On Error GoTo Ended
    Asked = Server.CallUDF("addin.functions", "score_portfolio", Arguments)
    Exit Function
Ended:
    ForgetServer
    Resume Retry
Retry:
    On Error GoTo Failed
    Set Again = PythonServer()
    If Again Is Nothing Then Err.Raise 5
    Asked = Again.CallUDF("addin.functions", "score_portfolio", Arguments)
    Exit Function
Failed:
    Fault(0, 0) = "fault"
    Fault(0, 1) = TextFailed
    Asked = Fault
End Function

' What the last refresh has left in the account tables, by code.
Private Function StoredAnswers() As Collection
    Dim Block As Variant
    Dim Places As Variant
    Dim Row As Long
    Dim Answers As Collection
    Set Answers = New Collection
    For Each Block In AccountBlocks()
        Places = AnswerColumns(Block)
        For Row = 2 To UBound(Block, 1)
            AddAnswer Answers, AnswerIn(Block, Row, Places)
        Next Row
    Next Block
    Set StoredAnswers = Answers
End Function

' What a row says of an account, each result where the formulas look for it; empty where there is no such column.
Private Function AnswerIn(Block As Variant, ByVal Row As Long, Places As Variant) As Variant
    Dim Answer(0 To LAST_ANSWER) As Variant
    Dim Field As Long
    For Field = 0 To LAST_ANSWER
        Answer(Field) = CellAt(Block, Row, Places(Field))
    Next Field
    AnswerIn = Answer
End Function

' Adds the answer for an account; of a code that stands twice the first one stays.
Private Sub AddAnswer(Answers As Collection, Answer As Variant)
    Dim Code As Variant
    Code = Answer(AT_ACCOUNT)
    If IsError(Code) Then Exit Sub
    If CodeText(Code) = "" Then Exit Sub
    If IsArray(Looked(Answers, CodeText(Code))) Then Exit Sub
    Answers.Add Answer, CodeText(Code)
End Sub

' The first N reasons of a text of the column Why: what decides the class as a whole, then the
' strongest criteria, whether they raise or lower the score.
Private Function FirstReasons(ByVal Why As Variant, N As Variant) As Variant
    Dim Parts As Variant
    Dim Reasons As Variant
    Dim Part As Variant
    Dim Reason As Variant
    Dim Texts() As String
    Dim Strengths() As Double
    Dim Count As Long
    Dim Sign As String
    FirstReasons = Why
    If Not HasNumber(N) Then Exit Function
    If VarType(Why) <> vbString Then Exit Function
    ReDim Texts(0 To 99)
    ReDim Strengths(0 To 99)
    Parts = Split(Why, TextBetween)
    For Each Part In Parts
        Sign = Left$(Part, 1)
        If Sign = TextRaising Or Sign = TextLowering Then
            Reasons = SplitReasons(Mid$(Part, 3))
            For Each Reason In Reasons
                If Count <= UBound(Texts) Then
                    Texts(Count) = Sign & " " & Reason
                    Strengths(Count) = StrengthOf(Reason)
                    Count = Count + 1
                End If
            Next Reason
        ElseIf Count <= UBound(Texts) Then
            Texts(Count) = Part
            Strengths(Count) = 1000 ' gates and the like decide before any criterion
            Count = Count + 1
        End If
    Next Part
    FirstReasons = Strongest(Texts, Strengths, Count, CLng(Int(Plain(N))))
End Function

' Reasons of one side: "Turnover +12, Growth, outlook +3" holds two, since a reason ends with its points.
Private Function SplitReasons(ByVal Side As String) As Variant
    Dim Pieces As Variant
    Dim Piece As Variant
    Dim Held As String
    Dim Found As String
    Pieces = Split(Side, ", ")
    For Each Piece In Pieces
        If Held <> "" Then Held = Held & ", "
        Held = Held & Piece
        If EndsWithPoints(Held) Then
            If Found <> "" Then Found = Found & vbLf
            Found = Found & Held
            Held = ""
        End If
    Next Piece
    If Held <> "" Then
        If Found <> "" Then Found = Found & vbLf
        Found = Found & Held
    End If
    SplitReasons = Split(Found, vbLf)
End Function

Private Function EndsWithPoints(ByVal Reason As String) As Boolean
    Dim Last As String
    Last = Mid$(Reason, InStrRev(Reason, " ") + 1)
    If Len(Last) < 2 Then Exit Function
    If Left$(Last, 1) <> "+" And Left$(Last, 1) <> TextMinus Then Exit Function
    EndsWithPoints = IsNumeric(Mid$(Last, 2))
End Function

Private Function StrengthOf(ByVal Reason As String) As Double
    If EndsWithPoints(Reason) Then StrengthOf = Val(Mid$(Reason, InStrRev(Reason, " ") + 2))
End Function

Private Function Strongest(Texts() As String, Strengths() As Double, ByVal Count As Long, ByVal Most As Long) As String
    Dim Index As Long
    Dim Best As Long
    Dim Taken As Long
    Dim Text As String
    Do While Taken < Most And Taken < Count
        Best = -1
        For Index = 0 To Count - 1
            If Strengths(Index) >= 0 Then
                If Best < 0 Then
                    Best = Index
                ElseIf Strengths(Index) > Strengths(Best) Then
                    Best = Index
                End If
            End If
        Next Index
        If Taken > 0 Then Text = Text & TextBetween
        Text = Text & Texts(Best)
        Strengths(Best) = -1
        Taken = Taken + 1
    Loop
    Strongest = Text
End Function

Private Function HasNumber(N As Variant) As Boolean
    If IsMissing(N) Then Exit Function
    If IsError(Plain(N)) Then Exit Function
    If IsEmpty(Plain(N)) Then Exit Function
    If Not IsNumeric(Plain(N)) Then Err.Raise 5
    HasNumber = (Plain(N) >= 1)
End Function

' The value of an argument that may be a cell.
Private Function Plain(Argument As Variant) As Variant
    If IsObject(Argument) Then
        Plain = Argument.Cells(1, 1).Value
    Else
        Plain = Argument
    End If
End Function

' What tells one set of given tables from another.
Private Function KeyOf(Given As Collection) As String
    Dim Table As Variant
    Dim Key As String
    For Each Table In Given
        Key = Key & vbLf & KeyOfTable(Table)
    Next Table
    KeyOf = Key
End Function

Private Function KeyOfTable(Table As Variant) As String
    Dim Block As Variant
    Dim Cell As Variant
    Dim Key As String
    Dim Large As Boolean
    If IsObject(Table) Then Large = (Table.Count > SMALL)
    If Large Then
        KeyOfTable = Table.Address(External:=True) & "|" & Application.WorksheetFunction.Aggregate(9, 6, Table) _
            & "|" & Application.WorksheetFunction.CountA(Table)
        Exit Function
    End If
    If IsObject(Table) Then
        Key = Table.Address(External:=True)
        Block = BlockOf(Table)
    Else
        Block = Table
    End If
    For Each Cell In Block
        Key = Key & "|" & KeyOfCell(Cell)
    Next Cell
    KeyOfTable = Key
End Function

Private Function KeyOfCell(Cell As Variant) As String
    If IsError(Cell) Then
        KeyOfCell = "#"
    ElseIf VarType(Cell) = vbDouble Then
        KeyOfCell = CStr(Cell)
    Else
        KeyOfCell = VarType(Cell) & ":" & CStr(Cell)
    End If
End Function

' Collections have no test of their own for a key.
Private Function Looked(Answers As Collection, ByVal Key As String) As Variant
    On Error GoTo NotThere
    Looked = Answers(Key)
    Exit Function
NotThere:
    Looked = Empty
End Function

Private Function Keeps(Kept As Collection, ByVal Key As String) As Boolean
    Dim Kind As Long
    On Error GoTo NotThere
    Kind = VarType(Kept(Key))
    Keeps = True
    Exit Function
NotThere:
    Keeps = False
End Function
