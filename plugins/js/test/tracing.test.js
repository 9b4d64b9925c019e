import assert from "node:assert/strict";
import { test } from "node:test";
import { paragraphs, segments, TracedHtml } from "../quotes.js";

const DECODED = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&#13;": "\r" };
const decode = (html) => html.replace(/<[^>]*>/g, "").replace(/&[a-z0-9#]+;/g, (reference) => DECODED[reference]);

test("every span of the HTML leads back to the very text it shows", () => {
  const origins = ["a < b & c", "😀\u00a0\r\n", "“Yes”", "&amp; verbatim"];
  const traced = new TracedHtml();
  for (const origin of origins) {
    traced.markup("<p>");
    traced.text(origin, origin);
    traced.markup("</p>");
  }
  const edges = [0, ...[...traced.html.matchAll(/<[^>]*>|&[a-z0-9#]+;|[^]/g)].map((match) => match.index + match[0].length)];
  for (const start of edges) {
    for (const end of edges.filter((edge) => edge > start)) {
      const shown = traced.locate({ start, end }).map((place) => place.origin.slice(place.start, place.end)).join("");
      assert.equal(shown, decode(traced.html.slice(start, end)), `${start} to ${end}`);
    }
  }
});

test("a span that cuts a reference takes the character whole", () => {
  const traced = new TracedHtml();
  traced.text("a&b", "a&b");
  assert.deepEqual(traced.locate({ start: 2, end: 4 }), [{ origin: "a&b", start: 1, end: 2 }]);
});

test("text of one origin written in two goes is one stretch if it is contiguous there", () => {
  const traced = new TracedHtml(), origin = {};
  traced.text("one", origin, 10);
  traced.markup("<b>");
  traced.text("two", origin, 13);
  traced.text("three", origin, 20);
  assert.deepEqual(traced.locate({ start: 0, end: 99 }), [{ origin, start: 10, end: 16 }, { origin, start: 20, end: 25 }]);
});

const TEXT = "😀 “Yes,” said Ines. “Both times.”";
const at = (words) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length, text: words });
const QUOTE = { id: "q1", content: [at("“Yes,”"), at("“Both times.”")], cue: at("said"), source: at("Ines"), speaker: "s1" };

test("segments cover the text without gaps, and know what they belong to", () => {
  const found = segments([QUOTE], 0, TEXT.length);
  assert.equal(found.map(({ start, end }) => TEXT.slice(start, end)).join(""), TEXT);
  assert.deepEqual(
    found.filter((segment) => segment.content || segment.cueOf.length || segment.sourceOf.length)
      .map(({ start, end, first, last, cueOf, sourceOf }) => [TEXT.slice(start, end), first, last, cueOf, sourceOf]),
    [["“Yes,”", true, false, [], []], ["said", false, false, ["q1"], []], ["Ines", false, false, [], ["q1"]], ["“Both times.”", false, true, [], []]],
  );
});

test("a quotation that ends beyond the stretch asked for is cut there, and has no last segment", () => {
  const [before, quoted] = segments([QUOTE], 0, QUOTE.content[0].start + 2);
  assert.equal(before.content, null);
  assert.deepEqual([quoted.start, quoted.end, quoted.first, quoted.last], [QUOTE.content[0].start, QUOTE.content[0].start + 2, true, false]);
});

test("paragraphs are the lines that are not blank, whatever ends them", () => {
  const text = "One\r\n \n\u2028Two\u2029Three";
  assert.deepEqual(paragraphs(text).map(({ start, end }) => text.slice(start, end)), ["One", "Two", "Three"]);
});
