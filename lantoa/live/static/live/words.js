// say(text, { n: 5 }): the text in the language of the page, whose head brings the words.
const words = JSON.parse(document.querySelector("meta[name=words]")?.content ?? "{}");

export const say = (text, given = {}) =>
  (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => given[name]);
