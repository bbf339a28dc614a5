"""How pictures look: inline styles, since a notebook that is not trusted yet keeps nothing else.

What stands on the page itself has the page's colours, dark or light. A card has paper of its own,
and ink that fits it. Lines stand out from white and from black alike.
"""

__all__ = ["STYLES"]

_GREY, _BLUE, _AMBER = "#808080", "#3b7dd8", "#c46200"
_PAGE = "color: inherit; background: transparent"
_COLUMN = (
    "flex: 1 1 110px; min-width: 0; max-width: 220px; box-sizing: border-box; border-radius: 6px"
)
_CARD = "margin: 0 0 6px 0; border-radius: 4px; background-color: #fff8dc"

STYLES = {
    "picture": f"max-width: 960px; margin: 4px 0; {_PAGE}; font-size: 14px; line-height: 1.4; "
    "overflow-wrap: break-word",
    "title": "font-size: 16px; margin: 4px 0 6px 0",
    "columns": "display: flex; flex-wrap: wrap; align-items: stretch; gap: 8px",
    "column": f"{_COLUMN}; border: 1px solid {_GREY}; padding: 7px 8px 2px 8px",
    "full": f"{_COLUMN}; border: 3px solid {_AMBER}; padding: 5px 6px 0 6px",
    "capacity": "font-size: 12px; margin: 0 0 6px 0",
    "cards": "list-style: none; margin: 0; padding: 0; color: #1f2328; font-size: 13px; "
    "line-height: 1.35",
    "card": f"{_CARD}; padding: 4px 8px; border: 1px solid #b8a76a",
    "moved": f"{_CARD}; padding: 4px 8px 4px 4px; border: 1px solid {_BLUE}; "
    f"border-left: 5px solid {_BLUE}",
    "id": "font-size: 11px; color: #4b5563",
    "rest": "font-size: 12px; font-style: italic; margin: 0 0 6px 0",
    "remark": "margin: 6px 0",
    "events": "list-style: none; margin: 0; padding: 0",
    "event": f"list-style: none; margin: 0 0 0 4px; padding: 2px 0 8px 14px; "
    f"border-left: 3px solid {_BLUE}",
    "fields": "font-family: monospace; font-size: 13px",
    "where": "font-size: 12px",
    "fold": "margin: 2px 0 6px 0",
    "summary": "cursor: pointer; margin: 0; padding: 2px 0",
    "control": "display: flex; align-items: center; gap: 8px; margin: 0 0 4px 0",
    "slider": "flex: 1 1 auto; min-width: 80px; max-width: 560px; margin: 0",
    "button": f"font-size: 13px; padding: 2px 8px; border: 1px solid {_GREY}; "
    f"border-radius: 4px; cursor: pointer; {_PAGE}",
    "caption": "margin: 0 0 8px 0; min-height: 60px",
}
