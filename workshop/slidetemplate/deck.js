"use strict";
(() => {
  // The theme: `?theme=dark` or `?theme=light`, else what the system prefers; T changes it.
  const root = document.documentElement;
  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => new URLSearchParams(location.search).get("theme");
  const show = () => {
    const theme = chosen() || (prefersDark.matches ? "dark" : "light");
    root.dataset.theme = theme === "dark" ? "dark" : "light";
  };
  const change = () => {
    const address = new URL(location.href);
    address.searchParams.set("theme", root.dataset.theme === "dark" ? "light" : "dark");
    history.replaceState(history.state, "", address);
    show();
  };
  show();
  prefersDark.addEventListener("change", show);

  // A projector of 4:3 gets a narrower page instead of smaller letters.
  const page = () =>
    window.innerWidth / window.innerHeight < 1.45
      ? { width: 1000, height: 750 }
      : { width: 1280, height: 720 };

  Reveal.initialize({
    ...page(),
    plugins: [RevealNotes],
    margin: 0,
    center: false,
    display: "flex",
    hash: true,
    controls: false,
    progress: false,
    transition: "none",
    backgroundTransition: "none",
    defaultTiming: 60,
    pdfSeparateFragments: false,
    scrollActivationWidth: null,
  });
  Reveal.addKeyBinding({ keyCode: 84, key: "T", description: "Light or dark" }, change);
  window.addEventListener("resize", () => Reveal.configure(page()));
})();
