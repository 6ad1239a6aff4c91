// Asks the browser for a passkey and sends its answer with the form around it:
//   <form data-passkey="create" data-options="js_data"> … <input name="credential"> <button type="button" hidden data-passkey-go>
// data-passkey: create or get; data-options: id of a JSON script; data-options-url: where to fetch them instead.
// Without this script the button stays hidden and the page offers the other ways.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const named = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

function creation({ publicKey }) {
  return { publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), user: { ...publicKey.user, id: bytes(publicKey.user.id) }, excludeCredentials: named(publicKey.excludeCredentials) } };
}

function request({ publicKey }) {
  return { publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: named(publicKey.allowCredentials) } };
}

function written(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const kept = Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, text(response[part])]));
  if (response.getTransports) kept.transports = response.getTransports();
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: kept,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function options(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}

async function ask(form) {
  const given = await options(form);
  if (form.dataset.passkey === "get") return navigator.credentials.get(request(given.request_options));
  const asked = creation(given.creation_options);
  const alone = form.elements.passwordless?.checked ?? false;
  const wish = { ...asked.publicKey.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
  if (alone) wish.userVerification = "required";
  asked.publicKey.authenticatorSelection = wish;
  return navigator.credentials.create(asked);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-go]");
  if (!window.PublicKeyCredential || !button) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const complaint = form.querySelector("[data-passkey-failed]");
    if (complaint) complaint.hidden = true;
    try {
      form.elements.credential.value = written(await ask(form));
      form.submit();
    } catch {
      if (complaint) complaint.hidden = false;
    }
  });
}
