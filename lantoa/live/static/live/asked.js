// What the pages of one line together want, and the digests on which they agree.
export function asked({ ticket, pages }) {
  const want = new Set();
  const have = {};
  const disputed = new Set();
  for (const page of pages.values()) {
    page.want.forEach((family) => want.add(family));
    for (const [name, digest] of Object.entries(page.have)) {
      if (name in have && have[name] !== digest) disputed.add(name);
      have[name] = digest;
    }
  }
  disputed.forEach((name) => delete have[name]);
  return { ticket, want: [...want].sort(), have };
}
