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

  // An exercise says when it ends, from the moment at which its slide is first shown. The previews
  // of the speaker view, which are frames, must not start that clock.
  const sayWhenBack = ({ currentSlide }) => {
    const time = currentSlide?.querySelector(".exercise-time:not(.running)");
    if (!time || window !== window.top) return;
    const end = new Date(Date.now() + time.dataset.minutes * 60_000);
    const clock = end.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    time.append(`, back at ${clock}`);
    time.classList.add("running");
  };

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
  if (!Reveal.isPrintView()) {
    Reveal.on("ready", sayWhenBack);
    Reveal.on("slidechanged", sayWhenBack);
  }
  Reveal.addKeyBinding({ keyCode: 84, key: "T", description: "Light or dark" }, change);
  window.addEventListener("resize", () => Reveal.configure(page()));
})();
