// Blocks written as HTML that remembers which block, attribute and character each piece of text is.
import { TracedHtml } from "./quotes.js";

const { blocks: { getBlockContent, getBlockType }, richText, autop: { autop } } = window.wp;

const CONTAINERS = { "core/list": "ul", "core/list-item": "li", "core/quote": "blockquote", "core/pullquote": "blockquote" };
const TEXTS = { citation: "cite", caption: "figcaption" };
const PREFORMATTED = new Set(["core/code", "core/preformatted", "core/verse"]);
/** The inline elements that say something about who speaks; all others are left out. */
const SPEAKING = new Set(["q", "cite"]);
const OBJECT = "\ufffc";

/**
 * Write the blocks of the editor. The origin of a text is `{clientId, attribute}`; its offsets are those of the rich text,
 * UTF-16 units in which a line break and an inline image are one each.
 */
export function traceBlocks(blocks, traced = new TracedHtml()) {
  for (const block of blocks) traceBlock(block, traced);
  return traced;
}

function traceBlock(block, traced) {
  const texts = textsOf(block);
  if (block.name === "core/freeform" || (!texts.length && !block.innerBlocks.length)) return traced.markup(markupOf(block));
  const tag = CONTAINERS[block.name] ?? "div";
  traced.markup(`<${tag}>`);
  texts.filter((name) => !(name in TEXTS)).forEach((name) => traceText(block, name, textTag(block), traced));
  traceBlocks(block.innerBlocks, traced);
  texts.filter((name) => name in TEXTS).forEach((name) => traceText(block, name, TEXTS[name], traced));
  traced.markup(`</${tag}>`);
}

/** The names of a block's attributes that hold rich text and are not empty. */
function textsOf(block) {
  const attributes = Object.entries(getBlockType(block.name)?.attributes ?? {});
  return attributes
    .filter(([name, { source }]) => (source === "html" || source === "rich-text") && block.attributes[name]?.length)
    .map(([name]) => name);
}

const textTag = (block) => {
  if (block.name === "core/heading") return `h${Number(block.attributes.level) || 2}`;
  if (block.name === "core/list-item") return "span";
  return PREFORMATTED.has(block.name) ? "pre" : "p";
};

/** What has no rich text is sent as it is saved: its quotations are found, but cannot be highlighted. */
const markupOf = (block) => {
  const saved = getBlockContent(block);
  return block.name === "core/freeform" ? autop(saved) : saved;
};

function traceText(block, attribute, tag, traced) {
  const origin = { clientId: block.clientId, attribute };
  const html = String(block.attributes[attribute]);
  const { text, formats } = richText.create({ html, preserveWhiteSpace: PREFORMATTED.has(block.name) });
  const open = [];
  traced.markup(`<${tag}>`);
  for (const { start, end } of runs(text, formats)) {
    const wanted = speaking(formats[start]);
    while (open.some((name, depth) => name !== wanted[depth])) traced.markup(`</${open.pop()}>`);
    while (open.length < wanted.length) traced.markup(`<${open[open.push(wanted[open.length]) - 1]}>`);
    const piece = text.slice(start, end);
    if (piece === "\n" && tag !== "pre") traced.markup("<br>");
    else if (piece !== OBJECT) traced.text(piece, origin, start);
  }
  traced.markup(open.reverse().map((name) => `</${name}>`).join("") + `</${tag}>`);
}

const speaking = (formats) => (formats ?? []).map((format) => format.type).filter((type) => SPEAKING.has(type));

/** Cut a text where its speaking elements change, and around line breaks and objects. */
function* runs(text, formats) {
  const alone = (i) => text[i] === "\n" || text[i] === OBJECT;
  const key = (i) => speaking(formats[i]).join();
  for (let start = 0, i = 1; i <= text.length; i++) {
    if (i < text.length && !alone(i) && !alone(start) && key(i) === key(start)) continue;
    yield { start, end: i };
    start = i;
  }
}
