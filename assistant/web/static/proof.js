// Does the sum that a page asks for after a flood of forms, and then sends the form by itself.
// The search itself is altcha's own worker; without this file the page's words say what to do.

const PATIENCE = 60000; // milliseconds after which the words are shown again

// Returns what the form's field `proof` holds; rejects when no answer was found in time.
export function solve({ dataset }) {
  const challenge = JSON.parse(dataset.challenge);
  return new Promise((found, failed) => {
    const worker = new Worker(dataset.worker);
    worker.onerror = () => failed(new Error("the worker did not start"));
    worker.onmessage = ({ data: solution }) => {
      worker.terminate();
      if (!solution || solution.error) failed(new Error("no answer was found"));
      else found(btoa(JSON.stringify({ challenge, solution })));
    };
    worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1, timeout: PATIENCE });
  });
}

async function sendByItself(box) {
  const form = document.getElementById(box.dataset.form);
  const words = document.getElementById("proof-words");
  const waiting = document.getElementById("proof-waiting");
  words.hidden = true;
  waiting.hidden = false;
  try {
    document.getElementById("proof-answer").value = await solve(box);
    form.submit();
  } catch {
    waiting.hidden = true;
    words.hidden = false;
  }
}

const box = document.getElementById("proof");
if (box) sendByItself(box);
