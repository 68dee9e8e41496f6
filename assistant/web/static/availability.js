// Refreshes what parents would see while somebody types. Without this file a button does the same.

const form = document.getElementById("hours");
const preview = document.getElementById("preview");
const heading = document.getElementById("preview-heading");
const status = document.getElementById("preview-status");
const PAUSE = 400; // milliseconds without a key before the server is asked
const STALE = "The preview could not be refreshed. Press “See what parents would see”.";
let pause;
let asked;

function tell(words) {
  if (status.textContent !== words) status.textContent = words;
}

async function look() {
  clearTimeout(pause);
  asked?.abort();
  const asking = new AbortController();
  asked = asking;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "look");
  try {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST", body, signal: asking.signal, headers: { "X-Schoolgate-Fragment": "yes" },
    });
    if (!answer.ok || answer.redirected) throw new Error("no preview");
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const later = preview.querySelector("details")?.open ?? false;
    preview.replaceChildren(...fresh.body.childNodes);
    const details = preview.querySelector("details");
    if (details) details.open = later;
    tell(document.getElementById("preview-words").textContent.trim());
  } catch {
    if (!asking.signal.aborted) tell(STALE);
  }
}

form.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(look, PAUSE);
});
form.addEventListener("submit", async (event) => {
  if (event.submitter?.value !== "look") return;
  event.preventDefault();
  await look();
  if (event.submitter.id === "look") heading.focus();
});
