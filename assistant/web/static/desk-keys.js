// Keys for who likes them: j and k walk, / searches. Nothing needs them.
(() => {
  const rows = () => [...document.querySelectorAll(".work__link")];

  const isTyping = (event) =>
    event.ctrlKey || event.metaKey || event.altKey ||
    event.target.closest("input, select, textarea, [contenteditable]") !== null;

  const walk = (step) => {
    const beside = document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]");
    const all = rows();
    if (all.length === 0) { beside?.click(); return; }
    const here = all.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
    all[Math.min(Math.max(next, 0), all.length - 1)].focus();
  };

  const keys = {
    j: () => walk(1),
    k: () => walk(-1),
    "/": () => document.getElementById("words")?.focus(),
  };

  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
