# Read by bash and zsh after the student's own settings, which may have put another Python first.
unset COLUMNS LINES PYTHONHOME # the first two say 80 x 25, whatever the window's size
unalias python python3 pytest workshop 2>/dev/null
export PATH="$WORKSHOP_BIN:$PATH" PYTHONPATH="$WORKSHOP_ROOT"
hash -r
cd "$WORKSHOP_ROOT" || return
echo "Save your file, then type: workshop check"
