// Asks the browser for a passkey, or to make one, and sends its answer as a plain form.
// Without this file the forms stay hidden, and a password with a code does the same.

const canDo = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;

const WORDS = {
  NotAllowedError: "Nothing was chosen. Try again when you are ready.",
  InvalidStateError: "This device has a passkey for you already.",
};
const OTHERWISE = "That did not work. Try again, or use your password.";

async function options(form) {
  const body = new URLSearchParams({ form_token: form.elements.form_token.value });
  const answer = await fetch(form.dataset.options, { method: "POST", body });
  if (!answer.ok || answer.redirected) throw new Error("no options");
  return answer.json();
}

const askFor = {
  passkey: async (form) => navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await options(form)),
  }),
  "new-passkey": async (form) => navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(await options(form)),
  }),
};

for (const [id, ask] of Object.entries(askFor)) {
  const form = document.getElementById(id);
  if (!form || !canDo) continue;
  const problem = document.getElementById("passkey-problem");
  const button = form.querySelector("button");
  form.hidden = false;
  document.getElementById("no-passkey")?.remove();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    button.disabled = true;
    try {
      const credential = await ask(form);
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (error) {
      problem.textContent = WORDS[error.name] ?? OTHERWISE;
      problem.hidden = false;
      button.disabled = false;
    }
  });
}
