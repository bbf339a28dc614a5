# zsh finds its files by ZDOTDIR, which points here; the student's own are read from their place.
ZDOTDIR=${WORKSHOP_ZDOTDIR:-$HOME}
if [[ -f $ZDOTDIR/.zshenv ]]; then . "$ZDOTDIR/.zshenv"; fi
WORKSHOP_ZDOTDIR=$ZDOTDIR
ZDOTDIR=$WORKSHOP_LABCONFIG/zsh
