// Cut a text at the edges of its quotations, cues and sources, so that each piece can be drawn once.

/**
 * @typedef {{start: number, end: number}} Span offsets in UTF-16 units, end exclusive
 * @typedef {{start: number, end: number, content: object|null, first: boolean, last: boolean,
 *            cueOf: string[], sourceOf: string[]}} Segment
 */

/**
 * Return the segments of text between `start` and `end`, in order and without gaps.
 * `content` is the quote that a segment belongs to; `first` and `last` tell where that quote begins and ends.
 * @param {object[]} quotes as the API returns them with offset_unit utf16
 * @param {number} start
 * @param {number} end
 * @returns {Segment[]}
 */
export function segments(quotes, start, end) {
  const layers = quotes.flatMap(layersOf).filter((layer) => layer.start < end && layer.end > start);
  const edges = new Set([start, end]);
  for (const layer of layers) {
    edges.add(Math.max(start, layer.start));
    edges.add(Math.min(end, layer.end));
  }
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => segment(layers, from, cuts[i + 1]));
}

function layersOf(quote) {
  const layers = quote.content.map((span, i) => ({
    start: span.start, end: span.end, role: "content", quote,
    opens: i === 0, closes: i === quote.content.length - 1,
  }));
  for (const role of ["cue", "source"]) {
    if (quote[role]) layers.push({ start: quote[role].start, end: quote[role].end, role, quote });
  }
  return layers;
}

function segment(layers, start, end) {
  const over = layers.filter((layer) => layer.start <= start && layer.end >= end);
  const content = over.find((layer) => layer.role === "content");
  const ids = (role) => over.filter((layer) => layer.role === role).map((layer) => layer.quote.id);
  return {
    start, end,
    content: content ? content.quote : null,
    first: Boolean(content && content.opens && content.start === start),
    last: Boolean(content && content.closes && content.end === end),
    cueOf: ids("cue"),
    sourceOf: ids("source"),
  };
}

/** Return the lines of a text that are not blank, each with its place: `{start, end}`. */
export function paragraphs(text) {
  const found = [];
  for (const match of text.matchAll(/[^\r\n\u2028\u2029]+/g)) {
    if (match[0].trim()) found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}
