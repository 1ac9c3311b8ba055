/**
 * A form that stays on its page gets a new command key once its command was answered:
 * the next press is another command. A retry after a failure keeps the key.
 */
const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

const renew = (form) => {
  const key = form?.querySelector?.("input[name=_key]");
  if (key) key.value = freshKey();
};

document.addEventListener("htmx:afterRequest", (event) => {
  // A refusal is an answer too; a broken line or server (0, 5xx) leaves it unknown.
  const status = event.detail.xhr?.status ?? 0;
  if (status && status < 500) renew(event.detail.elt.closest("form"));
});

// Coming back to a page whose forms were sent: whatever is sent now is a new command.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach(renew);
});
