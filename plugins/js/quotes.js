// The quote-attribution service for editors in JavaScript: ask it, and find its spans again in what was sent.
// No dependencies. All offsets here are UTF-16 units, half-open, as JavaScript's strings count.

/**
 * @typedef {{start: number, end: number}} Offsets
 * @typedef {Offsets & {text: string, html?: Offsets}} Span as the API returns it
 * @typedef {{id: string, content: Span[], cue: Span|null, source: Span|null, speaker: string|null}} Quote
 * @typedef {{quotes: Quote[], speakers: {id: string, name: string}[]}} Result
 * @typedef {{type?: string, title: string, status: number, detail?: string}} Problem RFC 9457
 */

// ---------------------------------------------------------------- asking

/** An answer other than a result; `retryAfter` is in seconds, or null if the service did not say. */
export class ServiceProblem extends Error {
  /** @param {Problem} problem @param {number|null} retryAfter */
  constructor(problem, retryAfter) {
    super(problem.detail || problem.title);
    this.name = "ServiceProblem";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** Asks the service. Where it says `Retry-After`, the client comes back then, as long as its patience lasts. */
export class Client {
  #base; #headers; #patience; #fetch; #sleep;

  /**
   * @param {string} [base] the service's URL; empty for the page's own server
   * @param {object} [options]
   * @param {string|null} [options.key] an API key; never hand one to a public page
   * @param {number} [options.patience] seconds to spend on waiting in all, before a 429 or 503 is passed on
   * @param {typeof globalThis.fetch} [options.fetch]
   * @param {(seconds: number, signal?: AbortSignal) => Promise<void>} [options.sleep]
   */
  constructor(base = "", { key = null, patience = 30, fetch = globalThis.fetch, sleep = wait } = {}) {
    this.#base = base.replace(/\/+$/, "");
    this.#headers = { "Content-Type": "application/json", Accept: "application/json", ...(key && { Authorization: `Bearer ${key}` }) };
    this.#patience = patience;
    this.#fetch = fetch.bind(globalThis);
    this.#sleep = sleep;
  }

  /**
   * Return who said what in an article, with offsets in UTF-16 units. Drafts stay out of every cache.
   * @param {{text?: string, html?: string, options?: object, [member: string]: any}} article
   * @param {{signal?: AbortSignal, onWait?: (seconds: number) => void}} [options] `onWait` hears of each wait
   * @returns {Promise<any>} the contract's `Result`
   * @throws {ServiceProblem} if the service refuses; a `TypeError`, `fetch`'s own, if it cannot be reached
   */
  async quotes(article, { signal, onWait } = {}) {
    const body = JSON.stringify({ ...article, options: { ...article.options, offset_unit: "utf16" } });
    for (let patience = this.#patience; ;) {
      const response = await this.#fetch(`${this.#base}/v1/quotes`, {
        method: "POST", headers: { ...this.#headers, "Cache-Control": "no-store" }, body, signal,
      });
      if (response.ok) return response.json();
      const seconds = retryAfter(response);
      if (seconds === null || seconds > patience) throw new ServiceProblem(await problemOf(response), seconds);
      onWait?.(seconds);
      await this.#sleep(seconds, signal);
      patience -= seconds;
    }
  }
}

/** Seconds, at least one, that a busy service asks to wait for: a number or a date. @param {Response} response */
function retryAfter(response) {
  const value = response.headers.get("Retry-After");
  if (!value || ![429, 503].includes(response.status)) return null;
  const seconds = /^\s*\d+\s*$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(1, Math.ceil(seconds));
}

/** A proxy in between may answer with a page instead of a problem. @param {Response} response @returns {Promise<Problem>} */
async function problemOf(response) {
  const { status } = response;
  try {
    return { title: `HTTP ${status}`, status, ...(await response.json()) };
  } catch {
    return { title: `HTTP ${status}`, status };
  }
}

/** @param {number} seconds @param {AbortSignal} [signal] @returns {Promise<void>} */
const wait = (seconds, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, seconds * 1000);
  signal?.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
});

// ---------------------------------------------------------------- HTML that remembers where it came from

/** @type {Record<string, string>} */
const REFERENCES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;", "\r": "&#13;" };
const RUNS = /[&<>\u00a0\r]|[^&<>\u00a0\r]+/g;

/**
 * HTML written piece by piece, each piece of text with its origin, so that a span of it leads back there.
 * Send `html`; hand the `html` offsets of the spans in the answer to `locate`.
 * @template Origin
 */
export class TracedHtml {
  html = "";
  /** @type {(Offsets & {origin: Origin, from: number, to: number})[]} */
  #pieces = [];

  /** Write mark-up, which has no origin. @param {string} tags */
  markup(tags) {
    this.html += tags;
  }

  /** Write text that stands in `origin` from `from` on. @param {string} text @param {Origin} origin @param {number} [from] */
  text(text, origin, from = 0) {
    for (const [run] of text.matchAll(RUNS)) {
      const start = this.html.length;
      this.html += REFERENCES[run] ?? run;
      this.#pieces.push({ start, end: this.html.length, origin, from, to: from + run.length });
      from += run.length;
    }
  }

  /**
   * Return the stretches of the origins that a span of `html` shows, in order; a reference counts as a whole.
   * @param {Offsets} span
   * @returns {{origin: Origin, start: number, end: number}[]}
   */
  locate({ start, end }) {
    /** @type {{origin: Origin, start: number, end: number}[]} */
    const found = [];
    for (const piece of this.#pieces) {
      if (piece.start >= end || piece.end <= start) continue;
      const verbatim = piece.end - piece.start === piece.to - piece.from;
      const from = verbatim ? piece.from + Math.max(0, start - piece.start) : piece.from;
      const to = verbatim ? piece.to - Math.max(0, piece.end - end) : piece.to;
      const last = found.at(-1);
      if (last && last.origin === piece.origin && last.end === from) last.end = to;
      else found.push({ origin: piece.origin, start: from, end: to });
    }
    return found;
  }
}

/** The spans of a quote, each with what it is. @param {Quote} quote */
export function spansOf(quote) {
  const spans = quote.content.map((span) => ({ role: "content", span }));
  for (const role of /** @type {const} */ (["cue", "source"])) {
    const span = quote[role];
    if (span) spans.push({ role, span });
  }
  return spans;
}

// ---------------------------------------------------------------- the DOM

const UNREAD = new Set(["script", "style", "template", "noscript", "textarea", "iframe", "svg", "math"]);

/** Write what stands in an element, attributes included. @param {Node} root @param {TracedHtml<Text>} [traced] */
export function traceDom(root, traced = /** @type {TracedHtml<Text>} */ (new TracedHtml())) {
  for (const node of root.childNodes) {
    if (node.nodeType === 3) traced.text(/** @type {Text} */ (node).data, /** @type {Text} */ (node));
    if (node.nodeType === 1 && !UNREAD.has(/** @type {Element} */ (node).localName)) traceElement(/** @type {Element} */ (node), traced);
  }
  return traced;
}

/** @param {Element} element @param {TracedHtml<Text>} traced */
function traceElement(element, traced) {
  const shell = /** @type {Element} */ (element.cloneNode(false)).outerHTML;
  const close = `</${element.localName}>`;
  const hasEnd = shell.endsWith(close);
  traced.markup(hasEnd ? shell.slice(0, -close.length) : shell);
  traceDom(element, traced);
  if (hasEnd) traced.markup(close);
}

/** Return the range of the DOM that a span covers; null if it shows no text. @param {TracedHtml<Text>} traced @param {Span} span */
export function domRange(traced, span) {
  const places = span.html ? traced.locate(span.html) : [];
  const first = places[0], last = places.at(-1);
  if (!first || !last) return null;
  const range = /** @type {Document} */ (first.origin.ownerDocument).createRange();
  range.setStart(first.origin, first.start);
  range.setEnd(last.origin, last.end);
  return range;
}

// ---------------------------------------------------------------- ProseMirror

/**
 * Write a ProseMirror document; origins are the document itself, offsets its positions.
 * @param {any} doc a `Node` of prosemirror-model
 */
export function traceProseMirror(doc) {
  const traced = new TracedHtml();
  traceNodes(doc, 0, doc, traced);
  return traced;
}

/** @param {any} parent @param {number} start where its content begins @param {any} doc @param {TracedHtml<any>} traced */
function traceNodes(parent, start, doc, traced) {
  parent.forEach((/** @type {any} */ node, /** @type {number} */ offset) => {
    const position = start + offset;
    if (node.isText) return traced.text(node.text, doc, position);
    const tag = tagOf(node);
    if (node.isLeaf) return traced.markup(tag === "br" || tag === "hr" ? `<${tag}>` : "");
    traced.markup(`<${tag}>`);
    traceNodes(node, position + 1, doc, traced);
    traced.markup(`</${tag}>`);
  });
}

/** The element that the schema draws a node as: `toDOM` gives `["h2", …]` or an element. @param {any} node @returns {string} */
function tagOf(node) {
  const drawn = node.type.spec.toDOM?.(node);
  const name = Array.isArray(drawn) ? drawn[0] : (drawn?.dom ?? drawn)?.localName;
  return /^[a-z][a-z0-9-]*$/.test(name ?? "") ? name : node.isTextblock ? "p" : node.isInline ? "span" : "div";
}

/**
 * Return a decoration for every stretch of every quote, cue and source, for `DecorationSet.create`.
 * Each has the class `quotes-content`, `quotes-cue` or `quotes-source`, and `{quote, role}` as its spec.
 * @template D
 * @param {TracedHtml<any>} traced what `traceProseMirror` wrote of this very document
 * @param {Result} result
 * @param {{inline(from: number, to: number, attrs: any, spec?: any): D}} Decoration that of prosemirror-view
 * @returns {D[]}
 */
export function proseMirrorDecorations(traced, result, Decoration) {
  return result.quotes.flatMap((quote) => spansOf(quote).flatMap(({ role, span }) =>
    (span.html ? traced.locate(span.html) : []).map(({ start, end }) =>
      Decoration.inline(start, end, { class: `quotes-${role}`, "data-quote": quote.id }, { quote: quote.id, role }))));
}

// ---------------------------------------------------------------- plain text

/**
 * @typedef {Offsets & {content: Quote|null, first: boolean, last: boolean, cueOf: string[], sourceOf: string[]}} Segment
 * @typedef {Offsets & {role: string, quote: Quote, opens: boolean, closes: boolean}} Layer
 */

/**
 * Cut the text between `start` and `end` at the edges of quotes, cues and sources, so that each piece can be drawn once.
 * The segments are in order and without gaps. `content` is the quote that one belongs to; `first` and `last` tell where
 * that quote begins and ends.
 * @param {Quote[]} quotes
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
  return cuts.slice(0, -1).map((from, i) => segment(layers, from, /** @type {number} */ (cuts[i + 1])));
}

/** @param {Quote} quote @returns {Layer[]} */
const layersOf = (quote) => spansOf(quote).map(({ role, span }, i) => ({
  start: span.start, end: span.end, role, quote,
  opens: i === 0, closes: i === quote.content.length - 1,
}));

/** @param {Layer[]} layers @param {number} start @param {number} end @returns {Segment} */
function segment(layers, start, end) {
  const over = layers.filter((layer) => layer.start <= start && layer.end >= end);
  const content = over.find((layer) => layer.role === "content");
  const ids = (/** @type {string} */ role) => over.filter((layer) => layer.role === role).map((layer) => layer.quote.id);
  return {
    start, end,
    content: content ? content.quote : null,
    first: Boolean(content && content.opens && content.start === start),
    last: Boolean(content && content.closes && content.end === end),
    cueOf: ids("cue"),
    sourceOf: ids("source"),
  };
}

/** Return the lines of a text that are not blank, each with its place. @param {string} text @returns {Offsets[]} */
export function paragraphs(text) {
  return [...text.matchAll(/[^\r\n\u2028\u2029]+/g)]
    .filter((match) => match[0].trim())
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
