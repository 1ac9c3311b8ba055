/**
 * say(text, { n: 5 }): the text in the language of the page, whose head brings the words.
 * The other islands and the pages' own scripts use it: this one runs first.
 */
const words = JSON.parse(document.querySelector("meta[name=words]")?.content ?? "{}");

globalThis.say = (text, given = {}) =>
  (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => given[name]);
