@echo off
rem Starts the program that lies in this folder, and opens the browser. Nothing is installed, no administrator is needed.
rem Text is GBK, as the command window of a Chinese Windows reads it; every command is ASCII.
setlocal
pushd "%~dp0"
if not exist "python\python.exe" goto packed
if /i "%PROCESSOR_ARCHITECTURE%"=="x86" if not defined PROCESSOR_ARCHITEW6432 goto small
echo 正在打开，第一次要十几秒，请不要关这个窗口……
set "PYTHONUTF8=1"
set "PYTHONNOUSERSITE=1"
set "PYTHONPATH=%CD%\app"
chcp 65001 >nul
"python\python.exe" -s -m campmgr serve --browser@MORE@ %*
if not errorlevel 1 goto end
pause
goto end
:packed
echo 请先把整个文件夹拷到电脑上（压缩包要先全部解压），再双击里面的“启动”。
pause
goto end
:small
echo 这台电脑的 Windows 是 32 位的，本程序要 64 位。请换一台电脑。
pause
:end
popd
