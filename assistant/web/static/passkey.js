// Asks the browser for a passkey, or to make one, and sends its answer as a plain form.
// Without this file the forms stay hidden, and a password with a code does the same.

const canDo = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;

const WORDS = {
  NotAllowedError: "Nothing was chosen. Try again when you are ready.",
  InvalidStateError: "This device has a passkey for you already.",
};
const OTHERWISE = "That did not work. Try again, or use your password.";

class Refused extends Error {}

// Returns what the browser needs; null when the desk wants something else first and leads there.
async function options(form) {
  const body = new URLSearchParams({ form_token: form.elements.form_token.value });
  const answer = await fetch(form.dataset.options, { method: "POST", body });
  if (answer.redirected) {
    location.assign(answer.url);
    return null;
  }
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said.problem);
  return said;
}

const askFor = {
  passkey: async (offer) => navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(offer),
  }),
  "new-passkey": async (offer) => navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(offer),
  }),
};

for (const [id, ask] of Object.entries(askFor)) {
  const form = document.getElementById(id);
  if (!form || !canDo) continue;
  const problem = document.getElementById("passkey-problem");
  const button = form.querySelector("button");
  form.hidden = false;
  document.getElementById("no-passkey")?.remove();
  addEventListener("pageshow", () => { button.disabled = false; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    button.disabled = true;
    try {
      const offer = await options(form);
      if (!offer) return;
      const credential = await ask(offer);
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (error) {
      problem.textContent = (error instanceof Refused && error.message) || WORDS[error.name] || OTHERWISE;
      problem.hidden = false;
      button.disabled = false;
    }
  });
}
