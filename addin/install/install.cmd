@echo off
rem Installs ClientScore for the person who runs it, on Windows: a Python of its own in
rem %LOCALAPPDATA%\ClientScore, entries in the Start menu. Running it again repairs or updates.
rem
rem   install.cmd [/dry-run] [/quiet] [/en] [/fr]
rem
rem Its texts lie beside it, or at the end of the one file that a release makes of all.
rem Beside it lies clientscore-*.whl, or wheels\ with it and all packages; there may lie uv.exe and python\ (an
rem unpacked Python). No index is ever asked for ClientScore itself; every other package must have one of the
rem hashes that ClientScore carries, and ClientScore the one that a release puts in below.
rem Ends with 0: installed and well; 1: not installed; 2: installed, the doctor found a fault; 64: wrong option.
rem Paths stand in variables that are expanded late, as !NAME!: so no sign in them does harm.

setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
set "SELF=%~f0"
set "HOMEDIR=%LOCALAPPDATA%\ClientScore"
set "DRY="
set "QUIET="
set "WRONG="
set "SORRY="
set "ABOUT="
set "RESULT=0"

call :choose_language
:options
if "%~1"=="" goto options_read
if /i "%~1"=="/dry-run" (
    set "DRY=1"
) else if /i "%~1"=="/quiet" (
    set "QUIET=1"
) else if /i "%~1"=="/fr" (
    set "LANGUAGE=fr"
) else if /i "%~1"=="/en" (
    set "LANGUAGE=en"
) else (
    set "WRONG=%~1"
)
shift
goto options
:options_read

rem The texts are UTF-8: so must the window be while it shows them.
set "OLD_CODE_PAGE="
for /f "tokens=2 delims=:." %%C in ('chcp') do set "OLD_CODE_PAGE=%%C"
chcp 65001 >nul
if exist "%HERE%texts-%LANGUAGE%.txt" goto texts_beside
for /f "tokens=2* delims=:=" %%A in ('type "%SELF%" ^| "%SystemRoot%\System32\find.exe" "text-%LANGUAGE%:"') do set "T_%%A=%%B"
goto texts_read
:texts_beside
for /f "usebackq eol=# tokens=1* delims==" %%A in ("%HERE%texts-%LANGUAGE%.txt") do set "T_%%A=%%B"
:texts_read
if not defined T_welcome (
    echo Please unpack the whole folder first: right-click the zip file, Extract All.
    echo Veuillez d'abord extraire tout le dossier : clic droit sur le fichier zip, Extraire tout.
    set "RESULT=1"
    goto close
)
set "WHEEL="
for /f "delims=" %%F in ('dir /b /o:n "%HERE%wheels\clientscore-*.whl" 2^>nul') do set "WHEEL=%HERE%wheels\%%F"
for /f "delims=" %%F in ('dir /b /o:n "%HERE%clientscore-*.whl" 2^>nul') do set "WHEEL=%HERE%%%F"
setlocal EnableDelayedExpansion

set "VERSION="
set "WHEEL_SHA256="
set "PYTHON_WANTED=cpython-3.12-windows-x86_64"
set "VENV=!HOMEDIR!\venv"
set "PY=!VENV!\Scripts\python.exe"
set "LOG=!HOMEDIR!\Logs\install.log"
if defined WRONG (
    echo !T_bad_option! !WRONG!
    echo !T_options_windows!
    set "RESULT=64"
    goto close
)

title ClientScore
echo !T_welcome!
if defined DRY (
    echo !T_dry!
) else (
    echo !T_wait!
)
if /i "!PROCESSOR_ARCHITECTURE!"=="x86" if not defined PROCESSOR_ARCHITEW6432 (
    set "SORRY=!T_fail_windows!"
    goto failed
)
if not defined LOCALAPPDATA (
    set "SORRY=!T_fail_home!"
    goto failed
)
if not defined WHEEL (
    set "SORRY=!T_fail_no_wheel!"
    set "ABOUT=clientscore-!VERSION!-py3-none-any.whl"
    if not defined VERSION set "ABOUT=clientscore-*.whl"
    goto failed
)
if not defined DRY (
    if not exist "!HOMEDIR!\Logs\" mkdir "!HOMEDIR!\Logs"
    if not exist "!HOMEDIR!\Logs\" (
        set "SORRY=!T_fail_home!"
        set "ABOUT=!HOMEDIR!"
        goto failed
    )
    cd /d "!HOMEDIR!"
    >>"!LOG!" echo.
    >>"!LOG!" echo == ClientScore !VERSION!, !DATE! !TIME!
)

rem Everything of uv stays in the home of ClientScore, and nothing of another Python gets in.
for %%V in (PYTHONPATH PYTHONHOME VIRTUAL_ENV CONDA_PREFIX UV_PYTHON UV_PROJECT_ENVIRONMENT UV_SYSTEM_PYTHON) do set "%%V="
set "UV_PYTHON_INSTALL_DIR=!HOMEDIR!\python"
set "UV_PYTHON_INSTALL_BIN=0"
set "UV_PYTHON_INSTALL_REGISTRY=0"
set "UV_CACHE_DIR=!HOMEDIR!\cache"
set "UV_LINK_MODE=copy"
set "UV_SYSTEM_CERTS=true"
set "UV_NATIVE_TLS=true"
set "UV_NO_PROGRESS=1"
set "PYTHONUTF8=1"

if not defined DRY if exist "!PY!" call :wait_for_excel

echo.
echo !T_step_uv!
set "UV="
call :find_uv
if defined UV goto uv_found
set "WINGET="
for %%W in (winget.exe) do set "WINGET=%%~$PATH:W"
if not defined WINGET goto uv_from_maker
echo !T_get_winget!
set "EXE=!WINGET!"
set "ARGS=install --id astral-sh.uv --exact --source winget --scope user --silent --disable-interactivity --accept-source-agreements --accept-package-agreements"
call :run
if errorlevel 1 goto uv_from_maker
call :find_uv
if not defined UV goto uv_from_maker
if not defined DRY >"!HOMEDIR!\uv-by-winget.txt" echo uv was installed by winget, together with ClientScore.
goto uv_found
:uv_from_maker
echo !T_get_astral!
set "UV_UNMANAGED_INSTALL=!HOMEDIR!\uv"
set "EXE=powershell.exe"
set "ARGS=-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command Invoke-Expression (Invoke-RestMethod https://astral.sh/uv/install.ps1)"
call :run
set "UV_UNMANAGED_INSTALL="
call :find_uv
if defined DRY if not defined UV set "UV=!HOMEDIR!\uv\uv.exe"
if not defined UV (
    set "SORRY=!T_fail_uv!"
    goto failed
)
:uv_found
set "EXE=!UV!"
set "ARGS=--version"
call :run
if errorlevel 1 (
    set "SORRY=!T_fail_uv_runs!"
    set "ABOUT=!UV!"
    goto failed
)

echo.
echo !T_step_python!
if not defined DRY (
    set "CANDIDATE=!PY!"
    call :is_good
    if not errorlevel 1 (
        echo !T_keep_python!
        goto packages
    )
)
set "FOLDER=!VENV!"
call :remove_folder
if errorlevel 1 (
    set "SORRY=!T_fail_busy!"
    goto failed
)
if exist "!HERE!python\python.exe" goto python_from_folder
set "UV_PYTHON_PREFERENCE=only-managed"
set "EXE=!UV!"
set "ARGS=venv --no-project --python !PYTHON_WANTED! "!VENV!""
call :run
if errorlevel 1 (
    set "SORRY=!T_fail_python!"
    goto failed
)
goto packages
:python_from_folder
echo !T_from_folder!
set "FOLDER=!HOMEDIR!\python\own"
call :remove_folder
if errorlevel 1 (
    set "SORRY=!T_fail_busy!"
    goto failed
)
set "EXE=xcopy.exe"
set "ARGS="!HERE!python" "!HOMEDIR!\python\own" /e /i /q /y"
call :run
if errorlevel 1 (
    set "SORRY=!T_fail_copy!"
    goto failed
)
set "CANDIDATE=!HOMEDIR!\python\own\python.exe"
if not defined DRY (
    call :is_good
    if errorlevel 1 (
        set "SORRY=!T_fail_folder_python!"
        goto failed
    )
)
set "EXE=!UV!"
set "ARGS=venv --no-project --python "!CANDIDATE!" "!VENV!""
call :run
if errorlevel 1 (
    set "SORRY=!T_fail_folder_python!"
    goto failed
)

:packages
echo.
echo !T_step_packages!
set "EXE=!UV!"
set "LIST=!HOMEDIR!\cache\own\addin\install\packages.txt"
set "OWN="!WHEEL!""
if not defined WHEEL_SHA256 goto own_is_known
set "OWN=--require-hashes --find-links "!HERE!wheels" --find-links "!HERE!." -r "!HOMEDIR!\cache\own.txt""
if not exist "!HERE!wheels\" set "OWN=--require-hashes --find-links "!HERE!." -r "!HOMEDIR!\cache\own.txt""
if not defined DRY (
    if not exist "!HOMEDIR!\cache\" mkdir "!HOMEDIR!\cache"
    >"!HOMEDIR!\cache\own.txt" echo clientscore==!VERSION! --hash=sha256:!WHEEL_SHA256!
)
:own_is_known
rem Laid beside first: the list of the other packages is in it, and is read once it is known to be ours.
set "ARGS=pip install --python "!PY!" --target "!HOMEDIR!\cache\own" --reinstall --no-index --no-deps !OWN!"
call :run
if errorlevel 1 (
    set "SORRY=!T_fail_wheel!"
    set "ABOUT=!WHEEL!"
    goto failed
)
if exist "!HERE!wheels\" (
    echo !T_from_wheels!
    set "SORRY=!T_fail_wheels!"
    set "ARGS=pip install --python "!PY!" --reinstall --no-index --find-links "!HERE!wheels" --require-hashes -r "!LIST!""
) else (
    echo !T_from_index!
    set "SORRY=!T_fail_packages!"
    set "ARGS=pip install --python "!PY!" --reinstall --only-binary :all: --require-hashes -r "!LIST!""
)
call :run
if errorlevel 1 goto failed
set "ARGS=pip install --python "!PY!" --reinstall --no-index --no-deps !OWN!"
call :run
if errorlevel 1 (
    set "SORRY=!T_fail_wheel!"
    set "ABOUT=!WHEEL!"
    goto failed
)
set "FOLDER=!HOMEDIR!\cache"
call :remove_folder
rem A cache that stays is no harm: the next run or the removal takes it.

echo.
echo !T_step_menu!
set "EXE=!PY!"
set "ARGS=-I -m addin.machine entries !LANGUAGE!"
call :run
if errorlevel 1 (
    set "SORRY=!T_fail_menu!"
    goto failed
)

echo.
echo !T_step_doctor!
if defined DRY (
    set "ARGS=-I -m addin.cli doctor --lang !LANGUAGE!"
    call :run
) else (
    "!PY!" -I -m addin.cli doctor --lang !LANGUAGE!
    if not "!ERRORLEVEL!"=="0" set "RESULT=2"
)

echo.
if "!RESULT!"=="0" (
    echo !T_done!
) else (
    echo !T_done_faults!
)
echo !T_menu_windows!
set "ARGS=-I -m addin.cli start --lang !LANGUAGE!"
if defined DRY (
    call :run
    goto close
)
if defined QUIET goto close
set "ANSWER="
set /p "ANSWER=!T_ask_new! "
if /i "!ANSWER:~0,1!"=="!T_ask_no!" goto close
"!PY!" !ARGS!
if not "!ERRORLEVEL!"=="0" echo !T_fail_new!
goto close

:failed
set "RESULT=1"
echo.
echo !SORRY!
if defined ABOUT echo !ABOUT!
if not defined DRY (
    echo !T_log!
    echo !LOG!
)

:close
if not defined QUIET (
    echo.
    if defined T_close echo %T_close%
    pause >nul
)
if defined OLD_CODE_PAGE chcp %OLD_CODE_PAGE% >nul 2>nul
exit /b %RESULT%

rem ---------------------------------------------------------------------------------------------

:choose_language
rem The language of Windows, else that of its formats.
set "LANGUAGE=en"
set "SPOKEN="
for /f "tokens=3" %%A in ('reg query "HKCU\Control Panel\Desktop" /v PreferredUILanguages 2^>nul') do set "SPOKEN=%%A"
if not defined SPOKEN for /f "tokens=3" %%A in ('reg query "HKCU\Control Panel\International" /v LocaleName 2^>nul') do set "SPOKEN=%%A"
if not defined SPOKEN exit /b 0
if /i "%SPOKEN:~0,2%"=="fr" set "LANGUAGE=fr"
exit /b 0

:find_uv
rem Beside this file, in the home of ClientScore, on PATH, where winget puts it.
if exist "!HERE!uv.exe" set "UV=!HERE!uv.exe"
if defined UV exit /b 0
if exist "!HOMEDIR!\uv\uv.exe" set "UV=!HOMEDIR!\uv\uv.exe"
if defined UV exit /b 0
for %%U in (uv.exe) do set "UV=%%~$PATH:U"
if defined UV exit /b 0
if exist "!LOCALAPPDATA!\Microsoft\WinGet\Links\uv.exe" set "UV=!LOCALAPPDATA!\Microsoft\WinGet\Links\uv.exe"
if defined UV exit /b 0
for /d %%D in ("%LOCALAPPDATA%\Microsoft\WinGet\Packages\astral-sh.uv_*") do if exist "%%~fD\uv.exe" set "UV=%%~fD\uv.exe"
exit /b 0

:is_good
rem Whether CANDIDATE is the Python that Excel can reach: x64 and 3.12.
if not exist "!CANDIDATE!" exit /b 1
"!CANDIDATE!" -I -c "import sys, sysconfig; sys.exit(not (sysconfig.get_platform() == 'win-amd64' and sys.version_info[:2] == (3, 12)))" >nul 2>nul
if not "!ERRORLEVEL!"=="0" exit /b 1
exit /b 0

:remove_folder
rem Remove FOLDER, or show that it would be.
if defined DRY (
    echo     rd /s /q "!FOLDER!"
    exit /b 0
)
if not exist "!FOLDER!\" exit /b 0
rd /s /q "!FOLDER!" >>"!LOG!" 2>&1
if exist "!FOLDER!\" exit /b 1
exit /b 0

:run
rem Run EXE with ARGS into the log, or show it. A program that crashes ends below 0, which errorlevel 1 overlooks.
if defined DRY (
    echo     "!EXE!" !ARGS!
    exit /b 0
)
>>"!LOG!" echo.
>>"!LOG!" echo ^> "!EXE!" !ARGS!
"!EXE!" !ARGS! >>"!LOG!" 2>&1
if not "!ERRORLEVEL!"=="0" exit /b 1
exit /b 0

:wait_for_excel
rem Excel holds the DLL of the environment: it cannot be replaced while Excel runs.
tasklist /fi "imagename eq EXCEL.EXE" /nh 2>nul | "%SystemRoot%\System32\find.exe" /i "EXCEL.EXE" >nul
if errorlevel 1 exit /b 0
if defined QUIET exit /b 0
echo !T_excel_open!
set /p "ANSWER="
goto wait_for_excel
