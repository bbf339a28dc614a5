ZDOTDIR=$WORKSHOP_ZDOTDIR
HISTFILE=$ZDOTDIR/.zsh_history
if [[ -f $ZDOTDIR/.zshrc ]]; then . "$ZDOTDIR/.zshrc"; fi
. "$WORKSHOP_LABCONFIG/terminal.sh"
PROMPT='%1~ $ '
