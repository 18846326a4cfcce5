Attribute VB_Name = "ClientScorePriority"
' The priority of a request, from the last refresh, in plain VBA: the class of who asks, how urgent the
' request is, and how long it has waited. The working hours stand on the sheet of the call desk's index.
'
' Unknown account or request: #N/A. A time of receipt, where no working hours are known: #VALUE!.
Option Explicit

Private Const MINUTES As Long = 1440
Private Const HIGHEST As Long = 1
Private Const LOWEST As Long = 4

' Account   a code
' Request   what the sheet of request types calls it
' Received  when it came; left out, it has not waited
Public Function CLIENTPRIORITY(Account As Variant, Request As Variant, Optional Received As Variant) As Variant
    Dim Letter As Variant
    Dim Urgency As Long
    Dim Place As Long
    Dim Hours As Double
    Dim Level As Long
    On Error GoTo Unusable
    CLIENTPRIORITY = CVErr(xlErrNA)
    Letter = AnswerOf(AT_CLASS, Account, 0, Array())
    If IsArray(Letter) Then Err.Raise 5
    If IsError(Letter) Then Exit Function
    Urgency = UrgencyOf(OneValue(Request))
    Place = ImportanceOf(CStr(Letter), Hours)
    If Urgency = 0 Or Place = 0 Then Exit Function
    Level = Place + Urgency - 1
    If Level > LOWEST Then Level = LOWEST
    If Not IsMissing(Received) Then
        If Not IsEmpty(OneValue(Received)) Then
            Application.Volatile ' it waits while the clock runs
            If Hours > 0 Then Level = Level - WaitedTimes(CDbl(OneValue(Received)), Hours)
        End If
    End If
    If Level < HIGHEST Then Level = HIGHEST
    CLIENTPRIORITY = "P" & Level
    Exit Function
Unusable:
    CLIENTPRIORITY = CVErr(xlErrValue)
End Function

' The value of an argument that may be a cell.
Private Function OneValue(Argument As Variant) As Variant
    If IsObject(Argument) Then
        If Argument.Count > 1 Then Err.Raise 5
        OneValue = Argument.Value2
    Else
        OneValue = Argument
    End If
End Function

' How urgent a kind of request is; 0 for one that is not on the list.
Private Function UrgencyOf(ByVal Request As Variant) As Long
    Dim Block As Variant
    Dim Row As Long
    Dim Urgency As Variant
    If IsError(Request) Then Exit Function
    If CodeText(Request) = "" Then Exit Function
    Block = BlockWith(Array(HeadersRequesttypesRequest, HeadersRequesttypesUrgency, HeadersRequesttypesEscalateTo))
    If IsEmpty(Block) Then Exit Function
    For Row = 2 To UBound(Block, 1)
        If SameText(Block(Row, PlaceOf(Block, HeadersRequesttypesRequest)), Request) Then
            Urgency = Block(Row, PlaceOf(Block, HeadersRequesttypesUrgency))
            If VarType(Urgency) = vbDouble Then
                If Urgency = 1 Or Urgency = 2 Or Urgency = 3 Then
                    UrgencyOf = Urgency
                    Exit Function
                End If
            End If
        End If
    Next Row
End Function

' The position of a class, 1 for the best, and its time to answer; 0 for what is no class.
' Too little known (?) counts as the second last class, never as the best of several.
Private Function ImportanceOf(ByVal Letter As String, ByRef Hours As Double) As Long
    Dim Block As Variant
    Dim Rows As Collection
    Dim Row As Long
    Dim Place As Long
    Dim Answer As Variant
    Block = BlockWith(Array(HeadersClassesClass, HeadersClassesMinScore, HeadersClassesAnswerHours))
    If IsEmpty(Block) Then Exit Function
    Set Rows = New Collection
    For Row = 2 To UBound(Block, 1)
        If Not IsError(Block(Row, PlaceOf(Block, HeadersClassesClass))) Then
            If CodeText(Block(Row, PlaceOf(Block, HeadersClassesClass))) <> "" Then
                Rows.Add Row
                If SameText(Block(Row, PlaceOf(Block, HeadersClassesClass)), Letter) Then Place = Rows.Count
            End If
        End If
    Next Row
    If Place = 0 And Letter = "?" And Rows.Count > 0 Then
        Place = Rows.Count - 1
        If Place < 2 Then Place = 2
        If Place > Rows.Count Then Place = Rows.Count
    End If
    If Place = 0 Then Exit Function
    Answer = Block(Rows(Place), PlaceOf(Block, HeadersClassesAnswerHours))
    If VarType(Answer) = vbDouble Then Hours = Answer
    ImportanceOf = Place
End Function

' How many full times to answer have gone by since a request came.
Private Function WaitedTimes(ByVal Received As Double, ByVal Hours As Double) As Long
    Dim Block As Variant
    Dim Full As Double
    Dim Passed As Double
    Block = BlockWith(Array(HeadersCallhoursStart, HeadersCallhoursEnd, HeadersCallhoursBefore))
    If IsEmpty(Block) Then Err.Raise 5
    If IsEmpty(Block(2, PlaceOf(Block, HeadersCallhoursStart))) Then Err.Raise 5
    Full = Int(Hours * 60 + 0.5)
    If Full < 1 Then Full = 1
    Passed = PositionOf(WholeMinute(CDbl(Now)), Block) - PositionOf(WholeMinute(Received), Block)
    If Passed > 0 Then WaitedTimes = Int(Passed / Full)
End Function

' A moment in whole minutes: a serial number is never quite the second that it stands for.
Private Function WholeMinute(ByVal Moment As Double) As Double
    WholeMinute = Int(Int(Moment * 86400# + 0.5) / 60)
End Function

' The working minutes before a moment.
Private Function PositionOf(ByVal Minute As Double, Block As Variant) As Double
    Dim Start As Long
    Dim Finish As Long
    Dim Low As Long
    Dim High As Long
    Dim Middle As Long
    Dim Last As Double
    Start = PlaceOf(Block, HeadersCallhoursStart)
    Finish = PlaceOf(Block, HeadersCallhoursEnd)
    Low = 1
    High = UBound(Block, 1)
    Do While Low < High ' the last block that has begun
        Middle = (Low + High + 1) \ 2
        If Int(Block(Middle, Start) * MINUTES + 0.5) <= Minute Then
            Low = Middle
        Else
            High = Middle - 1
        End If
    Loop
    If Low = 1 Then Exit Function
    Last = Int(Block(Low, Finish) * MINUTES + 0.5)
    If Minute < Last Then Last = Minute
    PositionOf = Block(Low, PlaceOf(Block, HeadersCallhoursBefore)) + Last - Int(Block(Low, Start) * MINUTES + 0.5)
End Function

Private Function SameText(ByVal One As Variant, ByVal Other As Variant) As Boolean
    If IsError(One) Then Exit Function
    SameText = (Folded(CodeText(One)) = Folded(CodeText(Other)))
End Function
