// Makes the chat page quicker: sends without a reload, keeps a half-typed draft.
// Every part works without this file; it only calls the same forms.

const main = document.getElementById("main-content");
const turns = document.getElementById("turns");
const announcer = document.getElementById("announcer");
const typing = document.getElementById("typing");
const help = document.getElementById("help");
const DRAFT = "schoolgate-draft";
const SLOW = 400; // milliseconds before the page says that it is waiting
const NOT_SENT = main.dataset.notSent;
const HEARD = 5000; // milliseconds after which the announcement no longer stands on the page twice
const PATIENCE = 30000; // milliseconds that a message waits for the sum that a record may need
const LONGEST = 60000; // milliseconds after which an answer is taken for lost
let sending = false;
let underWay;
let quiet;
let proof = Promise.resolve("");

const composer = () => document.getElementById("composer");
const text = () => document.getElementById("text");

function keepDraft(words) {
  try {
    if (words) sessionStorage.setItem(DRAFT, words);
    else sessionStorage.removeItem(DRAFT);
  } catch { /* a browser that stores nothing keeps no draft */ }
}

function findDraft() {
  try {
    return sessionStorage.getItem(DRAFT) ?? "";
  } catch {
    return "";
  }
}

function grow() {
  const box = text();
  box.style.height = "auto";
  const line = parseFloat(getComputedStyle(box).lineHeight);
  box.style.height = `${Math.min(box.scrollHeight + 4, line * 6 + 14)}px`;
}

function say(words) {
  clearTimeout(quiet);
  announcer.textContent = "";
  requestAnimationFrame(() => { announcer.textContent = words; });
  quiet = setTimeout(() => { announcer.textContent = ""; }, HEARD);
}

function trouble(words) {
  const problem = document.getElementById("problem");
  problem.textContent = words;
  problem.hidden = !words;
}

// One announcement, also when there is both a trouble and something new to read.
function announce(problem, fresh) {
  trouble(problem);
  say([problem, fresh].filter(Boolean).join(" "));
}

function spokenOf(row) {
  return [...row.querySelectorAll(".said__words, .chat-choices button")]
    .map((part) => part.textContent.trim()).join(" ");
}

function showWaiting(on) {
  typing.hidden = !on;
  main.toggleAttribute("aria-busy", on);
}

// After a flood of records each needs a sum of this browser; it is done before anybody asks for it.
function prepareProof() {
  const box = document.getElementById("chat-proof");
  if (!box.dataset.challenge) return;
  proof = import(box.dataset.script).then(({ solve }) => solve(box)).catch(() => "");
}

function proofInTime() {
  return Promise.race([proof, new Promise((done) => { setTimeout(() => done(""), PATIENCE); })]);
}

async function pressAgain() {
  if (!("again" in document.getElementById("chat-proof").dataset) || !(await proofInTime())) return;
  turns.querySelector(".chat-choices button")?.click();
}

// Scrolls to a row, below the bar that stays at the top.
function bringUp(row, block) {
  const bar = document.querySelector(".chat-top");
  const stays = getComputedStyle(bar).position === "sticky";
  turns.style.setProperty("--above", `${stays ? bar.offsetHeight : 0}px`);
  row.scrollIntoView({ block });
}

// What was typed on while the answer was on its way stays.
function unsentOf(sent) {
  const typed = text().value;
  return sent !== null && typed.startsWith(sent) ? typed.slice(sent.length).trimStart() : typed;
}

// Puts the new rows in and returns what there is to hear of them; `sent` are the words that went.
function takeOver(made, sent) {
  const fresh = made.getElementById("new-turns");
  const hadFocus = document.activeElement?.id === "text";
  turns.querySelectorAll(".chat-choices").forEach((form) => form.remove());
  if (fresh.hasAttribute("data-anew")) turns.replaceChildren(turns.firstElementChild);
  const rows = [...fresh.children];
  turns.append(...rows);
  if (fresh.hasAttribute("data-help")) help.open = true;
  for (const id of ["draft-drawer", "own-chat", "chat-proof"]) {
    document.getElementById(id).replaceWith(made.getElementById(id));
  }
  const unsent = unsentOf(sent);
  composer().replaceWith(made.getElementById("composer"));
  text().value = unsent;
  if (hadFocus) text().focus({ preventScroll: true });
  keepDraft(unsent);
  prepareComposer();
  prepareProof();
  const long = rows[0]?.offsetHeight > window.innerHeight / 3;
  const first = help.open || long ? rows.find((row) => row.matches(".said--assistant")) : rows[0];
  bringUp(first ?? turns.firstElementChild, "start");
  return rows.filter((row) => row.matches(".said--assistant")).map((row) => `${main.dataset.assistant}: ${spokenOf(row)}`).join(" ");
}

async function send(form, button) {
  if (sending) return;
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  body.set("seen", [...turns.querySelectorAll("[data-turn]")].at(-1)?.dataset.turn ?? "0");
  const words = body.get("text");
  if (words !== null && !words.trim()) return;
  sending = true;
  underWay = new AbortController();
  const slow = setTimeout(() => showWaiting(true), SLOW);
  const lost = setTimeout(() => underWay.abort(), LONGEST);
  try {
    body.set("proof", await proofInTime());
    const answer = await fetch(form.action, {
      method: "POST", body, headers: { "X-Schoolgate-Fragment": "yes" }, signal: underWay.signal,
    });
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    const rows = made.getElementById("new-turns"); // missing from an error, or a stranger's sign-in
    const taken = answer.ok && rows !== null;
    const why = taken ? "" : made.getElementById("fragment-problem")?.textContent ?? NOT_SENT;
    announce(why, rows ? takeOver(made, taken ? words : null) : "");
    if (taken) setTimeout(pressAgain);
  } catch {
    announce(NOT_SENT, "");
  } finally {
    clearTimeout(slow);
    clearTimeout(lost);
    showWaiting(false);
    sending = false;
  }
}

function prepareComposer() {
  text().addEventListener("input", () => { keepDraft(text().value); grow(); });
  text().addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (sends && matchMedia("(pointer: fine)").matches) {
      event.preventDefault();
      composer().requestSubmit();
    }
  });
  grow();
}

document.addEventListener("submit", (event) => {
  if (event.submitter?.name === "show") return;
  if (event.target.matches("form[data-chat]")) {
    event.preventDefault();
    send(event.target, event.submitter);
  } else if (event.target.matches('form[action="/forget"]')) {
    keepDraft("");
  }
});
document.addEventListener("schoolgate-write", () => text().focus({ preventScroll: true }));
window.addEventListener("offline", () => underWay?.abort());
document.getElementById("exit-keys").hidden = !matchMedia("(pointer: fine)").matches;
if (!text().value) text().value = findDraft();
prepareComposer();
prepareProof();
bringUp(turns.lastElementChild, "nearest");
