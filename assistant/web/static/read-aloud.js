// Reads answers aloud with a voice of this device. A voice that would send the words elsewhere is
// never used; without one of the device's own the button stays away.

const button = document.getElementById("read-aloud");
const turns = document.getElementById("turns");
const synthesis = window.speechSynthesis;

function voiceFor(language) {
  return synthesis.getVoices()
    .find((voice) => voice.localService && voice.lang.split(/[-_]/)[0] === language.split("-")[0]);
}

function offer() {
  button.hidden = !voiceFor("en");
}

function read(row) {
  for (const part of row.querySelectorAll(".said__words, .chat-choices button")) {
    const language = part.closest("[lang]").lang;
    const words = new SpeechSynthesisUtterance(part.textContent.trim());
    words.voice = voiceFor(language) ?? voiceFor("en");
    words.lang = words.voice.lang;
    synthesis.speak(words);
  }
}

function isOn() {
  return button.getAttribute("aria-pressed") === "true";
}

function toggle() {
  button.setAttribute("aria-pressed", String(!isOn()));
  synthesis.cancel();
  if (isOn()) read([...turns.querySelectorAll(".said--assistant")].at(-1));
}

function readNew(changes) {
  if (!isOn()) return;
  const rows = changes.flatMap((change) => [...change.addedNodes]);
  const answers = rows.filter((row) => row.matches?.(".said--assistant"));
  if (answers.length) synthesis.cancel();
  answers.forEach(read);
}

if (synthesis) {
  offer();
  synthesis.addEventListener("voiceschanged", offer);
  button.addEventListener("click", toggle);
  new MutationObserver(readNew).observe(turns, { childList: true });
  window.addEventListener("pagehide", () => synthesis.cancel());
}
