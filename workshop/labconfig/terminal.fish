# Read by fish after the student's own settings, which may have put another Python first.
set --erase PYTHONHOME
set -gx PATH $WORKSHOP_BIN $PATH
set -gx PYTHONPATH $WORKSHOP_ROOT
functions --erase python python3 pytest workshop
cd $WORKSHOP_ROOT
set -g fish_greeting
echo "Save your file, then type: workshop check"
function fish_prompt
    echo (basename $PWD)' > '
end
