"use strict";
// What is wrong with the slide that is shown, measured where it is shown.
window.look = (() => {
  // Every element that has words of its own.
  const withWords = () =>
    [...Reveal.getCurrentSlide().querySelectorAll("*")].filter(
      (element) =>
        !element.closest("aside, title, desc") &&
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()),
    );

  const shortly = (element) => element.textContent.trim().replace(/\s+/g, " ").slice(0, 60);

  // A slide with all its fragments.
  const show = (index) => {
    Reveal.slide(index);
    for (const fragment of Reveal.getCurrentSlide().querySelectorAll(".fragment")) {
      fragment.classList.add("visible");
    }
  };

  const outside = () => {
    const slide = Reveal.getCurrentSlide();
    const page = slide.getBoundingClientRect();
    const foot = slide.querySelector("footer").getBoundingClientRect().top;
    const boxes = slide.querySelectorAll(".content *:not(svg *), footer *");
    const isOutside = (element) => {
      const box = element.getBoundingClientRect();
      const bottom = element.closest("footer") ? page.bottom : foot;
      const scrolls =
        element.scrollWidth > Math.ceil(element.clientWidth) + 1 &&
        element.matches("pre, .highlight, p, li, h1, h2");
      return (
        box.left < page.left - 1 || box.right > page.right + 1 ||
        box.top < page.top - 1 || box.bottom > bottom + 1 || scrolls
      );
    };
    // Boxes within a box that does not fit say the same again.
    const found = [...new Set([...boxes, ...withWords()])].filter(isOutside);
    const innermost = found.filter((one) => !found.some((other) => one !== other && one.contains(other)));
    return innermost.map((element) => shortly(element) || element.tagName.toLowerCase());
  };

  // Contrast as WCAG 2.2 defines it: the relative luminance of two colours.
  const parts = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const isOpaque = (colour) => colour !== "none" && (parts(colour)[3] ?? 1) === 1;
  const luminance = (colour) => {
    const [r, g, b] = parts(colour)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const behind = (element) => {
    const box = element.getBoundingClientRect();
    const stack = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const below = stack.filter((other) => !element.contains(other) && !other.closest("text"));
    for (const other of [element, ...below]) {
      const style = getComputedStyle(other);
      const drawn =
        other instanceof SVGGeometryElement ? style.fill
        : other instanceof SVGElement ? "none"
        : style.backgroundColor;
      if (isOpaque(drawn)) return drawn;
    }
    return "rgb(255, 255, 255)";
  };

  const contrast = (element) => {
    const style = getComputedStyle(element);
    const colour = element instanceof SVGElement ? style.fill : style.color;
    const [high, low] = [luminance(colour), luminance(behind(element))].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  const faint = (least) =>
    withWords()
      .map((element) => [shortly(element), contrast(element)])
      .filter(([, ratio]) => !(ratio >= least));

  // A drawing is named by its title and description, another picture by its alternative text.
  const withoutText = () =>
    [...Reveal.getCurrentSlide().querySelectorAll("svg, img, canvas, video")]
      .filter((picture) => !picture.closest("[aria-hidden=true]"))
      .filter((picture) => {
        const ids = (picture.getAttribute("aria-labelledby") || "").split(" ");
        const named = ids.map((id) => document.getElementById(id)?.textContent.trim());
        return !picture.getAttribute("alt")?.trim() && !named.every(Boolean);
      })
      .map((picture) => picture.outerHTML.slice(0, 80));

  // What is wrong with each slide, one after the other.
  const through = (least) =>
    [...Array(Reveal.getTotalSlides()).keys()].map((index) => {
      show(index);
      return { outside: outside(), faint: faint(least), withoutText: withoutText() };
    });

  return { show, outside, faint, withoutText, through, contrasts: () => withWords().map(contrast) };
})();
