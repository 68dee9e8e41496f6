// One line on a school's page puts a button there; the chat itself stays in a frame of its own,
// where scripts of the school's page cannot read it. Nothing loads before the button is pressed,
// and nothing is ever stored on the school's page. The server sends this without its comments and
// with the school's rules in it: see assistant/web/loader.py.
(() => {
  const school = __SCHOOL__;
  const once = Symbol.for("schoolgate");
  if (window[once]) return;
  window[once] = true;
  // Called on the prototypes, so that elements named "body" or a replaced method change nothing.
  const page = Document.prototype;
  const of = (name) => Object.getOwnPropertyDescriptor(page, name).get.call(document);
  const make = (tag, has) => Object.assign(page.createElement.call(document, tag), has);
  const hear = (what, name, then) => EventTarget.prototype.addEventListener.call(what, name, then);

  const { src, dataset: { label, side } } = of("currentScript");
  const home = new URL(src).origin;
  const words = label?.trim() && label.length < 41 ? label : school.button;
  const at = /^(left|right)$/.test(side) ? side : school.side;
  const look = `
    :host { all: initial !important; position: fixed !important; bottom: 20px !important; ${at}: 20px !important; z-index: 999999999 !important; font: medium/1.3 system-ui, sans-serif !important }
    :host([hidden]) { display: none !important }
    @media print { :host { display: none !important } }
    button { float: ${at}; margin-top: 15px; background: ${school.colour}; color: ${school.text}; border: 2px solid #fff; border-radius: 4px; outline: 1px solid #000; cursor: pointer; font: inherit; font-weight: 700; min-height: 48px; padding: 10px 20px }
    :focus-visible { background: #fd0; color: #000; outline: 3px solid #000 }
    div { background: Canvas; color-scheme: light dark; border: 2px solid #666 }
    iframe { border: 0; display: block; height: min(696px, 100dvh - 112px); width: 396px }
    a { color: LinkText; display: block; padding: 20px }
    [hidden] { display: none }`;

  const host = make("aside", { ariaLabel: school.button, lang: school.lang, popover: "manual" });
  const root = host.attachShadow({ mode: "open" });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(look);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // A browser of before 2023.
    root.append(make("style", { textContent: look }));
  }
  const panel = make("div", { hidden: true });
  const link = make("a", { textContent: school.own, referrerPolicy: "no-referrer", hidden: true });
  const button = make("button", { textContent: words, ariaExpanded: false });
  panel.append(link);
  root.append(panel, button);
  const gate = { home, school, root, button };
  let frame, late, pointed;

  const answered = (yes) => {
    if (!frame) return;
    link.hidden = yes;
    frame.hidden = !yes;
    gate.answered?.(yes);
  };
  const show = (open) => {
    panel.hidden = !open;
    button.textContent = open ? school.close : words;
    button.ariaExpanded = open;
    (open ? frame : button).focus();
  };
  const open = () => {
    late = setTimeout(answered, 4000);
    frame = make("iframe", {
      title: school.button,
      referrerPolicy: "no-referrer",
      sandbox: "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
      src: `${home}/chat${gate.query}`,
    });
    // A port of its own: nothing else on the page hears that somebody closes the chat, or leaves.
    hear(frame, "load", () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        clearTimeout(late);
        answered(true);
        // Focus that was given before there was a document led nowhere.
        if (data === "ready") {
          if (root.activeElement === frame) {
            frame.blur();
            frame.focus();
          }
          // Whoever pressed the button with a finger or a mouse goes on to write; others read first.
          if (pointed) port1.postMessage("write");
          pointed = 0;
        } else if (data === "close") show(false);
        // Else it is the address of a page that says nothing about anyone.
        else {
          host.remove();
          location.replace(data);
        }
      };
      frame.contentWindow.postMessage("schoolgate", home, [port2]);
    });
    panel.append(frame);
  };
  hear(button, "click", ({ detail }) => {
    pointed = detail;
    if (matchMedia("(max-width: 480px), (max-height: 480px)").matches) return link.click();
    if (!frame) open();
    show(panel.hidden);
  });

  const place = () => {
    gate.rule = school.pages.find(([paths]) => new RegExp(paths).test(location.pathname));
    const [, shown, query] = gate.rule ?? [0, 1, school.query];
    gate.query = query;
    link.href = `${home}/${query}`;
    host.hidden = !shown && !frame;
    if (location.hash === "#schoolgate-check") import(`${home}/embed/check.js`).then((check) => check.run(gate));
  };
  const start = () => {
    of("documentElement").append(host);
    host.showPopover?.();
    place();
    hear(window, "hashchange", place);
    // Nothing of the chat waits in the back/forward cache.
    hear(window, "pagehide", () => {
      if (!frame) return;
      clearTimeout(late);
      frame.remove();
      frame = 0;
      link.hidden = true;
      show(false);
    });
    if (window.navigation) hear(navigation, "navigatesuccess", place);
  };
  if (of("readyState") === "loading") hear(document, "DOMContentLoaded", start);
  else start();
})();
