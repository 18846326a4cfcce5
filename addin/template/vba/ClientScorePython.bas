Attribute VB_Name = "ClientScorePython"
' The way to Python, for buttons and for formulas: found once, checked once, never waited for.
'
' The interpreter stands at a fixed place (sheet ClientScore.conf). Before anything is asked of it,
' a short run of addin.python_works shows that it works: xlwings alone would keep Excel waiting for two
' minutes on a broken one. What is wrong is said once, in plain words.
Option Explicit
Option Private Module

#If Mac Then
#ElseIf VBA7 Then
    Private Declare PtrSafe Sub Sleep Lib "kernel32" (ByVal Milliseconds As Long)
#Else
    Private Declare Sub Sleep Lib "kernel32" (ByVal Milliseconds As Long)
#End If

Private Const UNASKED As Long = 0
Private Const WORKS As Long = 1
Private Const FAILS As Long = 2
Private Const STARTS As Long = 3

' How long Python may keep Excel waiting until it says that it works, in seconds. It goes on starting after
' that, the first time of a day with a scanner at work for instance, and whoever asks later finds that it works.
Private Const PATIENCE As Double = 20
' After how many seconds a Python that says nothing is started anew, when somebody presses a button.
Private Const GIVEN_UP As Double = 120

Private mState As Long
Private mAnswer As String
Private mAsked As Double
Private mServer As Object

' Runs what a button of the ribbon does in Python; what is none of ours does nothing.
Public Sub PressButton(ByVal Button As String)
    Dim Shown As Variant
    Dim Calculation As Long
    Dim Events As Boolean
    If Not AsksPython(Button) Then Exit Sub
    If Not Application.Ready Then
        MsgBox TextBusy, vbInformation, TextTitle
        Exit Sub
    End If
    Shown = Application.StatusBar
    Calculation = Application.Calculation
    Events = Application.EnableEvents
    On Error GoTo Failed
    Application.StatusBar = TextStarting
    If OnMac() Then ShowWithoutPython Button ' what xlwings finds missing there is known when it is too late
    If PythonWorks() Then
        RunPython "import addin.ribbon; addin.ribbon.press('" & Button & "', '" & TextLanguage & "')"
    ElseIf mState = STARTS And SecondsSince(mAsked) < GIVEN_UP Then
        ShowWithoutPython Button
        MsgBox TextSlowPress, vbInformation, TextTitle
    Else
        ShowWithoutPython Button
        MsgBox TextNoPython, vbExclamation, TextTitle
        mState = UNASKED ' a person may repair it and press again
    End If
CleanExit:
    If OnMac() Then Exit Sub ' there Python is still at work
    ' Python gives all of this back itself, unless somebody has ended it.
    RestoreStatusBar Shown
    If Application.Calculation <> Calculation Then Application.Calculation = Calculation
    Application.EnableEvents = Events
    Application.ScreenUpdating = True
    Exit Sub
Failed:
    MsgBox TextFailed & " (" & Err.Description & ")", vbExclamation, TextTitle
    Resume CleanExit
End Sub

' Shows the sheet that stands in for what Python would do, for a button that has one.
Private Sub ShowWithoutPython(ByVal Button As String)
    If SheetShownBy(Button) <> "" Then ShowSheet SheetShownBy(Button)
End Sub

' The server that answers formulas, or Nothing where there is none: on a Mac, or without Python.
Public Function PythonServer() As Object
    Dim Before As Long
    Set PythonServer = Nothing
    If OnMac() Then Exit Function
    If mState = FAILS Then Exit Function
    On Error GoTo NoServer
    If mServer Is Nothing Then
        Before = mState
        If Not PythonWorks() Then
            If mState <> STARTS Then
                Application.StatusBar = TextNoFormulas
            ElseIf Before <> STARTS Then
                Application.StatusBar = TextSlow ' said once: who asks meanwhile is answered at once
            End If
            Exit Function
        End If
        Set mServer = XLPy()
        ClearOwnStatus
    End If
    Set PythonServer = mServer
    Exit Function
NoServer:
    mState = FAILS
    Set mServer = Nothing
    Application.StatusBar = TextNoFormulas
End Function

' Takes our own text out of the status bar, and leaves that of others.
Public Sub ClearOwnStatus()
    If VarType(Application.StatusBar) <> vbString Then Exit Sub
    If Left$(Application.StatusBar, Len(TextTitle)) = TextTitle Then Application.StatusBar = False
End Sub

' Forgets a server that has ended, so that the next formula starts another.
Public Sub ForgetServer()
    Set mServer = Nothing
    mState = UNASKED
End Sub

' Whether Python is there and works; started once in a session, and waited for once.
Private Function PythonWorks() As Boolean
    Dim Python As String
    If OnMac() Then
        PythonWorks = True ' Excel may not look outside its sandbox there; xlwings says itself what is missing
        Exit Function
    End If
    If mState = UNASKED Then
        mState = FAILS
        Python = GetConfig("INTERPRETER_WIN", "")
        If FileExists(Python) Then
            If HasLibrary(Python) Then
                Start Python
                WaitForAnswer
                mState = STARTS
            End If
        End If
    End If
    If mState = STARTS Then
        If FileExists(mAnswer) Then mState = StateSaid()
    End If
    PythonWorks = (mState = WORKS)
End Function

' Whether the library that connects Excel and Python lies beside the interpreter or above it, in the version of this workbook.
Private Function HasLibrary(ByVal Python As String) As Boolean
    Dim Library As String
    #If Win64 Then
        Library = "\xlwings64-" & XLWINGS_VERSION & ".dll"
    #Else
        Library = "\xlwings32-" & XLWINGS_VERSION & ".dll"
    #End If
    HasLibrary = FileExists(ParentFolder(Python) & Library) _
        Or FileExists(ParentFolder(ParentFolder(Python)) & Library)
End Function

' Has a hidden run of Python load all that the formulas and buttons need, and say so in a file.
Private Sub Start(ByVal Python As String)
    #If Mac Then
    #Else
        Dim Quote As String
        Quote = Chr(34)
        mAnswer = Environ("TEMP") & "\clientscore-" & CreateGUID() & ".txt"
        mAsked = Timer
        WScript.Run "cmd.exe /D /C " & Quote & Quote & Python & Quote & " -B -P -m addin.python_works " & Quote & mAnswer & Quote _
            & " || echo fails> " & Quote & mAnswer & Quote & Quote, 0, False
    #End If
End Sub

' Waits until Python has said something, as long as Excel can be kept waiting.
Private Sub WaitForAnswer()
    #If Mac Then
    #Else
        Application.StatusBar = TextStarting
        Do While Not FileExists(mAnswer)
            If SecondsSince(mAsked) > PATIENCE Then Exit Sub
            Sleep 50
        Loop
        Sleep 50 ' the file is there: let it be written to its end
    #End If
End Sub

' What Python has said, which is then forgotten.
Private Function StateSaid() As Long
    Dim Said As String
    Dim Number As Integer
    StateSaid = FAILS
    Number = FreeFile
    Open mAnswer For Input As #Number
    If Not EOF(Number) Then Line Input #Number, Said
    Close #Number
    Kill mAnswer
    If Left$(Said, 5) = "works" Then StateSaid = WORKS
End Function

' Seconds since a moment of the timer, which begins anew at midnight.
Private Function SecondsSince(ByVal Moment As Double) As Double
    SecondsSince = Timer - Moment
    If SecondsSince < 0 Then SecondsSince = SecondsSince + 86400
End Function

Public Function OnMac() As Boolean
    #If Mac Then
        OnMac = True
    #Else
        OnMac = False
    #End If
End Function

' Gives the status bar back: to the text of somebody else, or to Excel.
Private Sub RestoreStatusBar(ByVal Shown As Variant)
    If VarType(Shown) = vbString Then
        If Left$(Shown, Len(TextTitle)) <> TextTitle And Shown <> "" Then
            Application.StatusBar = Shown
            Exit Sub
        End If
    End If
    Application.StatusBar = False
End Sub
