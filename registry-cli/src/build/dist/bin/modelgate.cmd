@echo off
rem Starts modelgate from an unpacked distribution. Set JAVA_HOME to choose the Java, MODELGATE_JAVA_OPTS to give it options.
setlocal
set "JAVA=java.exe"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%JAVA%" (
  echo modelgate: JAVA_HOME is %JAVA_HOME%, but there is no bin\java.exe in it. Correct or unset JAVA_HOME. 1>&2
  exit /b 6
)
if not defined JAVA_HOME where /q java.exe
if not defined JAVA_HOME if errorlevel 1 (
  echo modelgate: no Java found. Install Java 17 or newer, or set JAVA_HOME. 1>&2
  exit /b 6
)
"%JAVA%" -Xshare:auto -XX:+UseSerialGC -XX:-UsePerfData -Dfile.encoding=UTF-8 %MODELGATE_JAVA_OPTS% -cp "%~dp0..\lib\modelgate.jar" io.modelgate.cli.Main %*
exit /b %ERRORLEVEL%
