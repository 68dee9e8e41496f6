// A talk between a parent and a member of staff, and the list of those who wait, kept fresh.
// Server-sent events; where two tries fail, it asks every few seconds instead, and tries again later.
// Every part works without this file: the same forms, and a link to look again.

const live = document.getElementById("live");
const announcer = document.getElementById("announcer");
const NOT_SENT = live.dataset.notSent
  ?? "That did not reach us. Your words are still here. Press Send again in a moment.";
const UNSENT = live.dataset.unsent ?? "Not sent:";
const TRIES = 2;
const ASK_EVERY = Number(live.dataset.every ?? 3000); // milliseconds
const STREAM_AGAIN = 60000;
const HEARD = 5000;
let quiet;

function say(words) {
  if (!words) return;
  clearTimeout(quiet);
  announcer.textContent = "";
  requestAnimationFrame(() => { announcer.textContent = words; });
  quiet = setTimeout(() => { announcer.textContent = ""; }, HEARD);
}

const parse = (html) => new DOMParser().parseFromString(html, "text/html");
const textOf = (part) => part.textContent.replace(/\s+/g, " ").trim();
const turns = () => document.getElementById("turns");
const text = () => document.getElementById("text");
const hidden = () => document.querySelector('#foot input[name="session"]')?.value ?? "";
const after = (address) => { // of what is already here; the address may say in which language
  const asked = new URL(address, document.baseURI);
  asked.searchParams.set("after", shown());
  return asked;
};
const shown = () => turns() === null
  ? Number(live.dataset.number ?? 0)
  : Number([...turns().querySelectorAll("[data-number]")].at(-1)?.dataset.number ?? 0);

function addRows(html) {
  const before = shown();
  const fresh = [...parse(`<ol>${html}</ol>`).querySelectorAll("li[data-number]")]
    .filter((row) => Number(row.dataset.number) > before);
  const atEnd = window.innerHeight + window.scrollY > document.body.scrollHeight - 200;
  turns().append(...fresh);
  if (fresh.some((row) => row.hasAttribute("data-help"))) {
    const help = document.getElementById("help");
    if (help) help.open = true;
  }
  const theirs = fresh.filter((row) => !row.matches(".said--parent"));
  if (atEnd || theirs.length) fresh.at(-1)?.scrollIntoView({ block: "nearest" });
  return theirs.map(textOf).join(" ");
}

function putStatus(html) {
  const place = document.getElementById("status");
  if (place.dataset.html === html) return "";
  const first = place.dataset.html === undefined;
  const typing = place.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  if (typing) return ""; // never under somebody's hands; the next news brings it
  place.dataset.html = html;
  const before = textOf(place);
  place.replaceChildren(...parse(html).body.childNodes);
  if (first && before === textOf(place)) return "";
  if (place.querySelector(".person-offer, .govuk-inset-text")) place.scrollIntoView({ block: "start" });
  return [...place.querySelectorAll("[data-tell]")].map(textOf).join(" ");
}

async function changeFoot() {
  const form = new URLSearchParams({ session: hidden() });
  const answer = hidden()
    ? await fetch(live.dataset.look, { method: "POST", body: form })
    : await fetch(live.dataset.page);
  const foot = parse(await answer.text()).getElementById("foot");
  if (!foot) { window.location.reload(); return; }
  const words = text()?.value ?? "";
  const hadFocus = document.activeElement?.id === "text";
  document.getElementById("foot").replaceWith(foot);
  if (text()) {
    text().value = words;
    if (hadFocus) text().focus({ preventScroll: true });
    prepare();
  } else if (words.trim()) {
    const kept = document.createElement("p");
    kept.className = "govuk-body words";
    kept.textContent = `${UNSENT} ${words}`;
    foot.append(kept);
  }
}

async function take(news) {
  if (news.gone) { window.location.reload(); return; }
  const heard = news.rows && turns() ? addRows(news.rows) : "";
  const told = putStatus(news.status);
  const changed = news.state !== live.dataset.state;
  live.dataset.state = news.state;
  if (turns() === null) {
    const more = news.number > Number(live.dataset.number ?? 0);
    live.dataset.number = news.number;
    if (more) say(told);
    return;
  }
  say([heard, told].filter(Boolean).join(" "));
  if (changed) await changeFoot();
}

let lastTake = Promise.resolve();
const inOrder = (news) => { lastTake = lastTake.then(() => take(news)).catch(() => {}); return lastTake; };

async function askOnce() {
  const body = new URLSearchParams({ session: hidden(), after: String(shown()) });
  const token = document.querySelector('input[name="form_token"]')?.value;
  const get = live.dataset.method === "get";
  if (token && !get) body.set("form_token", token);
  const answer = get
    ? await fetch(after(live.dataset.news))
    : await fetch(live.dataset.news, { method: "POST", body });
  if (answer.redirected || answer.status === 404) { window.location.reload(); return; }
  if (answer.ok) await inOrder(await answer.json());
}

let asking = 0;
function askNow() {
  if (asking) return;
  asking = setInterval(() => { askOnce().catch(() => {}); }, ASK_EVERY);
  setTimeout(() => { clearInterval(asking); asking = 0; listen(); }, STREAM_AGAIN);
}

function listen() {
  if (!live.dataset.stream || !window.EventSource) { askNow(); return; }
  let failures = 0;
  const source = new EventSource(after(live.dataset.stream));
  source.addEventListener("news", (event) => { failures = 0; inOrder(JSON.parse(event.data)); });
  source.addEventListener("gone", () => { source.close(); window.location.reload(); });
  source.addEventListener("error", () => {
    failures += 1;
    if (failures < TRIES && source.readyState !== EventSource.CLOSED) return;
    source.close();
    askNow();
  });
  window.addEventListener("pagehide", () => source.close(), { once: true });
}

let sending = false;
async function send(form) {
  if (sending || !text().value.trim()) return;
  sending = true;
  const body = new URLSearchParams(new FormData(form));
  body.set("after", String(shown()));
  const problem = document.getElementById("problem");
  let why = NOT_SENT;
  try {
    const answer = await fetch(form.action, {
      method: "POST", body, headers: { "X-Schoolgate-Fragment": "yes" },
    });
    if (answer.status === 404 || answer.redirected) { window.location.reload(); return; }
    const isNews = answer.headers.get("content-type")?.includes("json");
    const news = isNews ? await answer.json() : {};
    if (isNews && answer.ok) {
      why = "";
      if (text().value === body.get("text")) text().value = "";
      form.elements.namedItem("key").value = news.key;
      await inOrder(news);
    } else if (isNews) {
      why = news.problem ?? NOT_SENT;
    } else { // the page of a failure says first what to do where the words spoke of danger
      const warning = parse(await answer.text()).getElementById("fragment-problem");
      why = warning ? textOf(warning) : NOT_SENT;
    }
  } catch { /* the words stay in the box, under the same key: sent again, they arrive once */ }
  sending = false;
  problem.textContent = why;
  problem.hidden = !why;
  say(why);
}

function prepare() {
  text()?.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (sends && matchMedia("(pointer: fine)").matches) {
      event.preventDefault();
      document.getElementById("composer").requestSubmit();
    }
  });
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-live-form]")) return;
  if (event.submitter?.dataset.words) {
    event.preventDefault();
    text().value = [text().value.trim(), event.submitter.dataset.words].filter(Boolean).join(" ");
    text().focus();
    return;
  }
  event.preventDefault();
  send(event.target);
});
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
prepare();
if (live.dataset.state !== "over") listen();
