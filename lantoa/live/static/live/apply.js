// Puts changed fragments in the place of the old ones, without disturbing the reader.

function parse(html, place) {
  const range = document.createRange();
  range.selectNodeContents(place); // so that <tr> and <g> are understood
  return range.createContextualFragment(html).firstElementChild;
}

// Marks what belongs to the viewer's own venue; the bytes are the same for all.
export function markOwn(root, own) {
  if (!own) return;
  const mine = `[data-venue="${CSS.escape(own)}"]`;
  for (const element of [root, ...root.querySelectorAll(mine)]) {
    if (!element.matches?.(mine)) continue;
    element.dataset.own = "";
    element.setAttribute("aria-current", "true");
  }
}

function keepOpen(old, fresh) {
  const now = [...fresh.querySelectorAll("details")];
  [...old.querySelectorAll("details")].forEach((was, index) => {
    const same = was.id ? now.find((each) => each.id === was.id) : now[index];
    if (same) same.open = was.open;
  });
}

// What is being typed stays typed; returns how the focus is given back.
function keepFocus(old, fresh) {
  const active = document.activeElement;
  if (!active?.id || !old.contains(active)) return () => {};
  const same = active.id === fresh.id ? fresh : fresh.querySelector(`#${CSS.escape(active.id)}`);
  if (!same) return () => {};
  const typed = same.matches("input, textarea, select") && same.type === active.type;
  if (typed && same.type === "checkbox") same.checked = active.checked;
  else if (typed) same.value = active.value;
  const [start, end] = typed ? [active.selectionStart, active.selectionEnd] : [];
  return () => {
    same.focus({ preventScroll: true });
    if (Number.isInteger(start)) same.setSelectionRange(start, end);
  };
}

function put(name, html, own) {
  const old = document.getElementById(name);
  const family = name.replace(/-\d+$/, "");
  const place = old?.parentNode ?? document.querySelector(`[data-live-parts="${family}"]`);
  if (!place) return;
  const fresh = parse(html, place);
  if (old?.dataset.digest === fresh.dataset.digest) return;
  markOwn(fresh, own);
  if (old) {
    keepOpen(old, fresh);
    const focus = keepFocus(old, fresh);
    old.replaceWith(fresh);
    focus();
  } else {
    place.append(fresh);
  }
  window.htmx?.process(fresh);
  fresh.dispatchEvent(new CustomEvent("live:fragment", { bubbles: true, detail: { name } }));
}

export function apply(set, gone, own) {
  for (const [name, html] of Object.entries(set)) put(name, html, own);
  for (const name of gone) {
    document.getElementById(name)?.remove();
    document.dispatchEvent(new CustomEvent("live:gone", { detail: { name } }));
  }
}
