// The webmaster's check: looks at the school's page from inside and says what it found, there and
// then. It knows nothing about parents, sends nothing and stores nothing.
const APPROVED = __APPROVED__;
const WAIT = 4000;
const NARROW = "(max-width: 480px), (max-height: 480px)";
const LOOK = `
  :host { all: initial !important; position: fixed !important; inset: 20px 20px auto auto !important; z-index: 999999999 !important;
    color-scheme: light dark !important; font: medium/1.4 system-ui, sans-serif !important }
  :host(.left) { inset: 20px auto auto 20px !important }
  section { background: Canvas; color: CanvasText; border: 3px solid CanvasText; box-sizing: border-box; padding: 20px; width: 480px;
    max-width: 100%; max-height: calc(100vh - 40px); overflow: auto }
  h2 { font-size: 1.25em; margin: 0 0 10px }
  p { margin: 0 0 10px }
  ul { list-style: none; margin: 0 0 10px; padding: 0 }
  li { border-top: 1px solid #888; display: grid; gap: 0 10px; grid-template-columns: 4.5em 1fr; overflow-wrap: anywhere; padding: 8px 0 }
  a { color: LinkText }
  button { background: Canvas; color: CanvasText; border: 2px solid CanvasText; cursor: pointer; font: inherit; min-height: 44px; padding: 5px 15px }
  :focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
  @media (max-width: 480px) { :host, :host(.left) { inset: 10px 10px auto !important } section { max-height: calc(100vh - 120px) } }`;

let running = false;

export async function run(gate) {
  if (running) return;
  running = true;
  const report = open(gate);
  const blocked = watchPolicy(gate);
  aboutThePage(gate).forEach(report.add);
  const narrow = matchMedia(NARROW).matches;
  report.add(narrow
    ? ["phone", null, `This screen is narrow, so the button opens ${gate.home}/ instead of a frame. Run the check on a wide screen too.`]
    : ["phone", null, `On a phone the button opens ${gate.home}/ in the same tab. Try it on one.`]);
  if (!narrow) {
    report.add(await aboutTheFrame(gate, blocked));
    report.add(await aboutTheCookie(gate));
  }
  report.done();
  running = false;
}

function open(gate) {
  const host = document.createElement("aside");
  host.id = "schoolgate-check-report";
  host.ariaLabel = "Schoolgate check";
  host.popover = "manual";
  const { left, right } = gate.button.getBoundingClientRect();
  host.className = left + right > innerWidth ? "left" : ""; // on the other side than the button
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LOOK);
  root.adoptedStyleSheets = [sheet];
  const section = document.createElement("section");
  const title = put(section, "h2", "Checking this page…");
  const list = put(section, "ul");
  root.append(section);
  document.documentElement.append(host);
  host.showPopover?.();
  const failed = [];
  const add = ([id, good, words]) => {
    const row = put(list, "li");
    put(row, "b", good === null ? "Note" : good ? "Good" : "To mend");
    const told = put(row, "span", `${words} `);
    if (good !== false) return;
    failed.push(id);
    put(told, "a", "What to do", { href: `${gate.home}/embed/check#${id}`, target: "_blank", rel: "noopener noreferrer" });
  };
  const done = () => {
    title.textContent = failed.length ? `${failed.length} to mend on this page` : "All is well on this page";
    const close = put(section, "button", "Close the check");
    close.addEventListener("click", () => host.remove());
  };
  return { add, done };
}

function put(parent, tag, words = "", has = {}) {
  const made = Object.assign(document.createElement(tag), { textContent: words, ...has });
  parent.append(made);
  return made;
}

// What the page's own policy refused of ours, from now on.
function watchPolicy(gate) {
  const blocked = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    if (event.blockedURI.startsWith(gate.home)) blocked.push(event.effectiveDirective);
  });
  return blocked;
}

function aboutThePage(gate) {
  const scripts = [...document.querySelectorAll("script[src]")].filter((each) => each.src.split("?")[0] === `${gate.home}/embed.js`);
  const found = [["loaded", true, `The script came from ${gate.home}.`]];
  found.push(["once", scripts.length < 2, scripts.length < 2
    ? "The line stands on this page once."
    : `The line stands on this page ${scripts.length} times. One button is made; take the others out.`]);
  const approved = APPROVED.includes(location.origin);
  found.push(["approved", approved, approved
    ? `${location.origin} may show the chat.`
    : `${location.origin} is not named in SCHOOLGATE_EMBED_ORIGINS, so the frame stays empty.`]);
  if (gate.root.host.hidden) {
    found.push(["rule", null, "A rule of the school file hides the button on this page now, so it cannot be looked at."]);
    return found;
  }
  found.push(["rule", null, gate.rule ? "A rule of the school file names this page, and shows the button." : "No rule of the school file names this page, so the button shows."]);
  return [...found, size(gate), topmost(gate), words(gate), edge(gate)];
}

function size({ button }) {
  const { left, top, right, bottom, width, height } = button.getBoundingClientRect();
  const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  return ["seen", inside && width >= 44 && height >= 44, inside
    ? `The button is ${Math.round(width)} by ${Math.round(height)} pixels and wholly on the screen.`
    : "The button is not wholly on the screen."];
}

function topmost({ button, root }) {
  const box = button.getBoundingClientRect();
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const ours = hit === root.host || hit?.id === "schoolgate-check-report";
  return ["topmost", ours, ours ? "Nothing of this page lies over the button." : `<${hit?.localName}> of this page lies over the button.`];
}

function words({ button }) {
  const { color, backgroundColor } = getComputedStyle(button);
  const ratio = contrast(channels(color), channels(backgroundColor));
  return ["words", ratio >= 4.5, `The button’s words have a contrast of ${ratio.toFixed(1)} to 1 (4.5 is needed).`];
}

function edge({ button, root }) {
  const box = button.getBoundingClientRect();
  const under = document.elementsFromPoint(box.left - 4, box.top + box.height / 2).filter((each) => each !== root.host);
  const styles = under.map((each) => getComputedStyle(each));
  const painted = styles.find((each) => each.backgroundImage !== "none" || channels(each.backgroundColor)[3] > 0.99);
  if (painted && painted.backgroundImage !== "none") return ["edge", null, "A picture lies behind the button. Its white and black edges keep it apart."];
  const paper = painted ? channels(painted.backgroundColor) : [255, 255, 255, 1];
  const ratio = Math.max(contrast(paper, [255, 255, 255]), contrast(paper, [0, 0, 0]));
  return ["edge", null, `The button’s edge has a contrast of ${ratio.toFixed(1)} to 1 with this page: it is white and black, so one of them always stands out.`];
}

function channels(colour) {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  return [red, green, blue, alpha];
}

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((each) => each / 255).map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

async function aboutTheFrame(gate, blocked) {
  if (gate.root.querySelector("iframe")) return ["answered", null, "The chat was open already. Load the page again to time it."];
  if (gate.root.host.hidden) return ["answered", null, "The chat was not opened, because the button is hidden here."];
  const began = performance.now();
  const yes = await new Promise((resolve) => {
    gate.answered = resolve;
    gate.button.click();
  });
  delete gate.answered;
  const took = Math.round(performance.now() - began);
  gate.button.click();
  if (yes) return ["answered", true, `The chat opened in its frame and answered in ${took} ms.`];
  if (blocked.length) return ["csp", false, `This page’s Content-Security-Policy refuses the frame (${blocked[0]}).`];
  return ["answered", false, "The chat did not answer in 4 seconds. A link to its own page was shown instead."];
}

function aboutTheCookie(gate) {
  const frame = document.createElement("iframe");
  Object.assign(frame, { hidden: true, sandbox: "allow-scripts allow-same-origin", referrerPolicy: "no-referrer", src: `${gate.home}/embed/probe` });
  return new Promise((resolve) => {
    const finish = (kept) => {
      frame.remove();
      resolve(kept === undefined
        ? ["cookie", false, "The frame could not be asked about its cookie."]
        : ["cookie", null, kept
          ? "The frame may keep its own cookie, so a chat goes on from page to page. It ends with the browser."
          : "This browser keeps no cookie for the frame, so the chat goes on by its form, until the page is left."]);
    };
    setTimeout(finish, WAIT);
    frame.addEventListener("load", () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => finish(event.data);
      frame.contentWindow.postMessage("schoolgate", gate.home, [port2]);
    });
    gate.root.append(frame);
  });
}
