// Leaves a parent's page at once, by the button or by Shift three times; Escape closes what is open.
// Without this file the button is a link, or a form, that does the same a little slower.

const exit = document.getElementById("exit");
const form = exit.closest("form"); // a booking that must let its time go
const framed = exit.target === "_top" && window.parent !== window;
const parents = (exit.dataset.parents ?? "").split(" ").filter(Boolean);
const DRAFT = "schoolgate-draft"; // what chat.js keeps
let loader; // the port to the button on the school's page, once that has called
let shifts = [];

function listenToLoader(event) {
  if (event.source !== window.parent || event.data !== "schoolgate" || !parents.includes(event.origin)) return;
  [loader] = event.ports;
  loader.onmessage = () => document.dispatchEvent(new Event("schoolgate-write"));
  loader.postMessage("ready");
}

function forgetDraft() {
  try {
    sessionStorage.removeItem(DRAFT);
  } catch { /* a browser that stores nothing kept no draft */ }
}

function leave(event) {
  forgetDraft();
  if (framed && !loader && event) return; // the link itself replaces the whole page
  event?.preventDefault();
  document.body.hidden = true;
  if (form) {
    form.submit();
  } else if (loader) {
    fetch("/exit", { redirect: "manual", keepalive: true }).catch(() => {});
    loader.postMessage(exit.dataset.away);
  } else if (framed) {
    window.open(exit.href, "_top");
  } else {
    window.location.replace(exit.href);
  }
}

function countShifts(event) {
  const now = event.timeStamp;
  shifts = event.key === "Shift" && !event.repeat ? [...shifts.filter((at) => now - at < 2000), now] : [];
  if (shifts.length >= 3) leave();
}

function closeOnEscape(event) {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  } else {
    loader?.postMessage("close");
  }
}

document.addEventListener("keydown", countShifts);
document.addEventListener("keydown", closeOnEscape);
exit.addEventListener("click", leave);
if (framed) window.addEventListener("message", listenToLoader);
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
