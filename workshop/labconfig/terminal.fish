# Read by fish after the student's own settings, which may have put another Python first.
set --erase PYTHONHOME
set -gx PATH $WORKSHOP_BIN $PATH
set -gx PYTHONPATH $WORKSHOP_ROOT
cd $WORKSHOP_ROOT
set -g fish_greeting "Save your file, then type: workshop check"
function fish_prompt
    echo (basename $PWD)' > '
end
