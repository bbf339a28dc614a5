(root, told) => {
  if (!root) return;  // where scripts are moved about, the still pictures stay
  const make = (tag, style, text, parent) => {
    const element = document.createElement(tag);
    element.style.cssText = told.styles[style] ?? "";
    element.textContent = text;
    parent?.append(element);
    return element;
  };
  const group = (style, label, parent) => {
    const element = make("div", style, "", parent);
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", label);
    return element;
  };
  const before = (index, name) => {
    const column = told.moments[index - 1]?.[4].find(number => told.columns[number][0] === name);
    return column === undefined ? [] : told.columns[column][5];
  };

  const drawColumn = (number, index, parent) => {
    const [name, inWords, capacity, fullness, rest, cards] = told.columns[number];
    const box = group(fullness ? "full" : "column", `Column ${name}, ${inWords}`, parent);
    make("strong", "", name, box);
    const numbers = make("div", "capacity", capacity, box);
    if (fullness) make("strong", "", fullness, numbers);
    const list = cards.length ? make("ul", "cards", "", box) : null;
    const earlier = before(index, name);
    for (const card of cards) {
      const [id, itemName] = told.cards[card];
      const isNew = index > 0 && !earlier.includes(card);
      const item = make("li", isNew ? "moved" : "card", itemName ?? id, list);
      if (itemName) {
        make("br", "", "", item);
        make("span", "id", id, item);
      }
    }
    if (rest) make("div", "rest", rest, box);
  };

  const draw = index => {
    const [caption, detail, name, remark, columns] = told.moments[index];
    const count = `${index + 1} of ${told.moments.length}`;
    slider.value = index + 1;
    slider.setAttribute("aria-valuetext", `${count}: ${caption} ${detail}`);
    place.textContent = count;
    said.replaceChildren();
    make("strong", "", caption, said);
    make("div", "fields", detail, said);
    board.replaceChildren();
    board.setAttribute("aria-label", `Board ${name}`);
    make("strong", "", name, make("div", "title", "", board));
    if (remark) make("div", "remark", remark, board);
    const row = make("div", "columns", "", board);
    for (const number of columns) drawColumn(number, index, row);
  };

  root.replaceChildren();
  if (told.remark) make("div", "remark", told.remark, root);
  const control = make("div", "control", "", root);
  // JupyterLab would take the arrow keys for itself; it asks the focused element, not those around.
  const keepKeys = element => element.setAttribute("data-lm-suppress-shortcuts", "true");
  const step = (text, by) => {
    const button = make("button", "button", text, control);
    button.type = "button";
    keepKeys(button);
    button.onclick = () => draw(Math.min(Math.max(slider.value - 1 + by, 0), told.moments.length - 1));
  };
  step("‹ Earlier", -1);
  const slider = make("input", "slider", "", control);
  Object.assign(slider, {type: "range", min: 1, max: told.moments.length, step: 1});
  keepKeys(slider);
  slider.setAttribute("aria-label", "Time: the board at each event");
  slider.oninput = () => draw(slider.value - 1);
  step("Later ›", 1);
  const place = make("span", "where", "", control);
  const said = make("div", "caption", "", root);
  const board = group("", "", root);
  draw(told.moments.length - 1);
}
