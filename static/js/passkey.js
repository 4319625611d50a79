// Asks the browser for a passkey when a form wants one, and sends what it says.

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

function forSigningInAlone(options, alone) {
  const wanted = options.publicKey.authenticatorSelection;
  wanted.residentKey = alone ? "required" : "discouraged";
  wanted.requireResidentKey = alone;
  if (alone) wanted.userVerification = "required";
}

async function passkeyFor(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey === "get") return webauthnJSON.get(options);
  forSigningInAlone(options, Boolean(form.elements.passwordless?.checked));
  return webauthnJSON.create(options);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.credential.value = JSON.stringify(await passkeyFor(form));
      form.submit();
    } catch {
      document.querySelector("[data-passkey-failed]").hidden = false;
    }
  });
}
