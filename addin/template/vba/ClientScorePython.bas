Attribute VB_Name = "ClientScorePython"
' The way to Python, for buttons and for formulas: found once, checked once, never waited for.
'
' The interpreter stands at a fixed place (sheet ClientScore.conf). Before anything is asked of it,
' a short run of addin.alive shows that it works: xlwings alone would keep Excel waiting for two
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

' How long Python may take to say that it works, in seconds.
Private Const PATIENCE As Double = 20

Private mState As Long
Private mServer As Object

' Runs what a button of the ribbon does; Button is one of the names listed here.
Public Sub PressButton(ByVal Button As String)
    Dim Shown As Variant
    Dim Calculation As Long
    Dim Events As Boolean
    Select Case Button
        Case "refresh", "check", "import", "explain", "undo", "new_sheet"
        Case Else
            Exit Sub
    End Select
    If Not Application.Ready Then
        MsgBox TextBusy, vbInformation, TextTitle
        Exit Sub
    End If
    Shown = Application.StatusBar
    Calculation = Application.Calculation
    Events = Application.EnableEvents
    On Error GoTo Failed
    Application.StatusBar = TextStarting
    If PythonWorks() Then
        RunPython "import addin.ribbon; addin.ribbon.press('" & Button & "', '" & TextLanguage & "')"
    Else
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

' The server that answers formulas, or Nothing where there is none: on a Mac, or without Python.
Public Function PythonServer() As Object
    Set PythonServer = Nothing
    If OnMac() Then Exit Function
    If mState = FAILS Then Exit Function
    On Error GoTo NoServer
    If mServer Is Nothing Then
        If Not PythonWorks() Then
            Application.StatusBar = TextNoFormulas
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

' Whether Python is there and starts; asked once in a session.
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
                If IsAlive(Python) Then mState = WORKS
            End If
        End If
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

' Whether a hidden run of Python loads all that the formulas and buttons need.
Private Function IsAlive(ByVal Python As String) As Boolean
    #If Mac Then
        IsAlive = True
    #Else
        Dim Answer As String
        Dim Quote As String
        Dim Started As Double
        Dim Said As String
        Dim Number As Integer
        Quote = Chr(34)
        Answer = Environ("TEMP") & "\clientscore-" & CreateGUID() & ".txt"
        WScript.Run "cmd.exe /D /C " & Quote & Quote & Python & Quote & " -B -P -m addin.alive " & Quote & Answer & Quote _
            & " || echo fails> " & Quote & Answer & Quote & Quote, 0, False
        Application.StatusBar = TextStarting
        Started = Timer
        Do While Not FileExists(Answer)
            If Timer < Started Then Started = Started - 86400 ' midnight
            If Timer - Started > PATIENCE Then Exit Function
            Sleep 50
        Loop
        Sleep 50 ' the file is there: let it be written to its end
        Number = FreeFile
        Open Answer For Input As #Number
        If Not EOF(Number) Then Line Input #Number, Said
        Close #Number
        Kill Answer
        IsAlive = (Left$(Said, 5) = "works")
    #End If
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
