#!/bin/sh
# Starts the program that lies in this folder, and opens the browser. Nothing is installed, no administrator is needed.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 1
wanted=@MACHINE@
case $(uname -m) in
    x86_64|amd64) machine=x86_64 ;;
    aarch64|arm64) machine=arm64 ;;
    *) machine=other ;;
esac
if [ "$machine" != "$wanted" ]; then
    echo "这台电脑是 $(uname -m)，这个文件夹是给 64 位 $wanted 的。请用 U 盘里另一个文件夹。"
    exit 1
fi
if [ ! -x "$here/python/bin/python3" ]; then
    echo "请先把压缩包全部解到自己的文件夹（不要在 U 盘上直接运行），再运行里面的“启动.sh”。"
    exit 1
fi
echo "正在打开，第一次要十几秒，请不要关这个窗口……"
export PYTHONUTF8=1 PYTHONNOUSERSITE=1 PYTHONPATH="$here/app"
exec "$here/python/bin/python3" -s -m campmgr serve --browser@MORE@ "$@"
