// One line on a school's page puts a button there; the chat itself stays in a frame of its own,
// where scripts of the school's page cannot read it. Nothing loads before the button is pressed.
(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const look = new CSSStyleSheet();
  look.replaceSync(`
    :host { all: initial; }
    button { background: #1d3a6e; border: 2px solid #fff; border-radius: 4px; bottom: 20px;
      color: #fff; cursor: pointer; font: 700 1.0625rem/1.3 system-ui, sans-serif;
      min-height: 44px; padding: 10px 20px; position: fixed; right: 20px; z-index: 2147483000; }
    button:focus-visible { background: #fd0; color: #0b0c0c; outline: 3px solid #0b0c0c; }
    iframe { background: Canvas; border: 2px solid #505a5f; bottom: 84px; box-sizing: border-box;
      height: min(700px, 100dvh - 104px); position: fixed; right: 20px; width: 400px;
      z-index: 2147483000; }
    [hidden] { display: none; }`);

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [look];
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = script.dataset.label || "Talk to us in private";
  button.setAttribute("aria-expanded", "false");
  root.append(button);
  document.body.append(host);
  let frame;

  function show(open) {
    frame.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
    else button.focus();
  }

  button.addEventListener("click", () => {
    if (matchMedia("(max-width: 480px), (max-height: 480px)").matches) {
      location.assign(`${home}/`);
    } else if (frame) {
      show(frame.hidden);
    } else {
      frame = document.createElement("iframe");
      frame.title = "Talk to us in private";
      frame.src = `${home}/chat`;
      frame.referrerPolicy = "no-referrer";
      root.prepend(frame);
      show(true);
    }
  });

  addEventListener("message", (event) => {
    if (!frame || event.origin !== home || event.source !== frame.contentWindow) return;
    if (event.data?.schoolgate === "close") show(false);
    if (event.data?.schoolgate === "exit") {
      host.remove();
      location.replace("https://www.bbc.co.uk/weather");
    }
  });
})();
