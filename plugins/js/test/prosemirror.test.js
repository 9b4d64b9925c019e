import assert from "node:assert/strict";
import { test } from "node:test";
import { Schema } from "prosemirror-model";
import { nodes, marks, schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { proseMirrorDecorations, traceProseMirror } from "../quotes.js";

const p = (...content) => schema.node("paragraph", null, content);
const text = (words, ...names) => schema.text(words, names.map((name) => schema.mark(name)));
const br = () => schema.node("hard_break");
const doc = (...blocks) => schema.node("doc", null, blocks);

/** A span as the service would give it: where `sent` stands in the HTML. */
const spanOf = (traced, sent) => {
  const start = traced.html.indexOf(sent);
  assert.notEqual(start, -1, `${sent} is not in ${traced.html}`);
  return { start: 0, end: 0, text: sent, html: { start, end: start + sent.length } };
};
const quote = (content, cue = null, source = null) => ({ id: "q1", content, cue, source, speaker: null });
const words = (article, { from, to }) => article.textBetween(from, to, "\n", "\n");
const decorate = (article, ...quotes) => {
  const traced = traceProseMirror(article);
  return proseMirrorDecorations(traced, { quotes: quotes.map((make) => make(traced)), speakers: [] }, Decoration);
};

const CASES = [
  ["plain", doc(p(text("“We tested it,” said Ines."))), "“We tested it,”", ["“We tested it,”"]],
  ["after an emoji", doc(p(text("😀 “Yes,” she said."))), "“Yes,”", ["“Yes,”"]],
  ["with references", doc(p(text("“R&D <is> fine,” she said."))), "“R&amp;D &lt;is&gt; fine,”", ["“R&D <is> fine,”"]],
  ["after references", doc(p(text("A & B\u00a0< “Yes,” she said."))), "“Yes,”", ["“Yes,”"]],
  ["in marked text", doc(p(text("“We "), text("tested", "strong"), text(" it,” said Ines."))), "“We tested it,”", ["“We tested it,”"]],
  ["over a line break", doc(p(text("“We"), br(), text("won,” she said."))), "“We<br>won,”", ["“We", "won,”"]],
  ["over paragraphs", doc(p(text("“We tested it.")), p(text("“It is safe,” said Ines."))), "“We tested it.</p><p>“It is safe,”",
    ["“We tested it.", "“It is safe,”"]],
  ["in a list of blocks", doc(schema.node("heading", { level: 2 }, [text("Bridge")]), schema.node("blockquote", null, [p(text("Safe."))])),
    "Safe.", ["Safe."]],
];

for (const [name, article, sent, expected] of CASES) {
  test(`a quotation ${name} is decorated where it stands`, () => {
    const decorations = decorate(article, (traced) => quote([spanOf(traced, sent)]));
    assert.deepEqual(decorations.map((decoration) => words(article, decoration)), expected);
  });
}

test("blocks are written as the schema draws them, text escaped", () => {
  const article = doc(schema.node("heading", { level: 2 }, [text("A < B")]), p(text("One"), br(), text("two")), schema.node("horizontal_rule"));
  assert.equal(traceProseMirror(article).html, "<h2>A &lt; B</h2><p>One<br>two</p><hr>");
});

test("nodes that no HTML describes are written by what they are", () => {
  const odd = new Schema({
    nodes: {
      doc: { content: "block+" },
      box: { group: "block", content: "line+" },
      line: { group: "block", content: "inline*", toDOM: () => ["script onload", 0] },
      mention: { group: "inline", inline: true },
      text: nodes.text,
    },
    marks,
  });
  const line = odd.node("line", null, [odd.text("said "), odd.node("mention"), odd.text("Ines")]);
  const article = odd.node("doc", null, [odd.node("box", null, [line])]);
  const traced = traceProseMirror(article);
  assert.equal(traced.html, "<div><p>said Ines</p></div>");
  const [decoration] = proseMirrorDecorations(traced, { quotes: [quote([spanOf(traced, "Ines")])], speakers: [] }, Decoration);
  assert.equal(words(article, decoration), "Ines");
});

test("quote, cue and source are told apart, and outlive edits elsewhere", () => {
  const article = doc(p(text("Yesterday.")), p(text("“Yes,” said Ines.")));
  const decorations = decorate(article, (traced) =>
    quote([spanOf(traced, "“Yes,”")], spanOf(traced, "said"), spanOf(traced, "Ines")));
  const state = EditorState.create({ doc: article });
  const change = state.tr.insertText("😀 The day before. ", 1);
  const set = DecorationSet.create(article, decorations).map(change.mapping, change.doc);
  const found = set.find().map((decoration) => [decoration.spec.role, words(change.doc, decoration)]);
  assert.deepEqual(found, [["content", "“Yes,”"], ["cue", "said"], ["source", "Ines"]]);
});

test("a span without a place in the HTML decorates nothing", () => {
  assert.deepEqual(decorate(doc(p(text("Yes."))), () => quote([{ start: 0, end: 4, text: "Yes." }])), []);
});
