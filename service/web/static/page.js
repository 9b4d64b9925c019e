import { Client, paragraphs, segments, ServiceProblem, spansOf } from "./quotes.js";

const HUES = 8;
const $ = (id) => document.getElementById(id);
const state = { result: null, text: "", selected: null, speaker: null, rules: {} };

/** Make an element; children that are strings become text, never markup. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const number = (speakerId) => state.result.speakers.findIndex((speaker) => speaker.id === speakerId) + 1;
const hue = (speakerId) => (speakerId ? `hue-${((number(speakerId) - 1) % HUES) + 1}` : "unattributed");
const speakerOf = (quote) => state.result.speakers.find((speaker) => speaker.id === quote.speaker);
const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const percent = (share) => `${Math.round(share * 100)} %`;

// ---------------------------------------------------------------- asking

function request() {
  const form = new FormData($("ask"));
  const modes = form.has("thought") ? ["speech", "writing", "thought"] : ["speech", "writing"];
  return {
    text: form.get("text"),
    options: { types: form.getAll("types"), modes, include_text: true },
  };
}

/** The API key, if one was entered. It is kept in this page alone, and gone when it closes. */
const key = () => $("key").value.trim() || null;
const service = () => new Client("", { key: key() });

function refused({ problem, retryAfter }) {
  fail(problem, retryAfter);
  if (problem.status !== 401) return;
  $("key-row").hidden = false;
  $("key").focus();
}

async function ask(event) {
  event.preventDefault();
  const asked = request();
  if (!asked.options.types.length) return fail({ title: "Nothing to show", detail: "Choose at least one type of quotation." });
  busy(true);
  try {
    show(await service().quotes(asked, { onWait: waiting }), asked.text);
  } catch (error) {
    if (error instanceof ServiceProblem) refused(error);
    else fail({ title: "No answer", detail: "The service could not be reached. The article is still in the box; try again." });
  } finally {
    busy(false);
  }
}

function busy(yes) {
  $("go").disabled = yes;
  $("ask").setAttribute("aria-busy", String(yes));
  if (yes) {
    $("problem").hidden = true;
    $("status").textContent = "Reading the article …";
  }
}

function waiting(seconds) {
  $("status").textContent = `The service is busy. Asking again in ${plural(seconds, "second")} …`;
}

function fail(problem, retryAfter) {
  const errors = (problem.errors || []).map((error) => el("li", {}, `${error.pointer ?? ""} ${error.detail ?? ""}`));
  $("problem").replaceChildren(
    el("h2", {}, problem.title || "Something went wrong"),
    el("p", {}, problem.detail || ""),
    ...(errors.length ? [el("ul", {}, ...errors)] : []),
    ...(retryAfter ? [el("p", {}, `Try again in ${retryAfter} seconds.`)] : []),
  );
  $("problem").hidden = false;
  $("result").hidden = true;
  $("status").textContent = "";
}

// ---------------------------------------------------------------- showing

function show(result, text) {
  Object.assign(state, { result, text: result.text ?? text, selected: null, speaker: null });
  drawArticle();
  drawSpeakers();
  drawWarnings();
  drawWhy(null);
  $("result").hidden = false;
  const unattributed = result.quotes.filter((quote) => !quote.speaker).length;
  $("status").textContent =
    `${plural(result.quotes.length, "quotation")} by ${plural(result.speakers.length, "speaker")}` +
    (unattributed ? `; ${unattributed} without a speaker.` : ".");
  $("result").focus({ preventScroll: true });
  $("status").scrollIntoView({ block: "start" });
}

function drawArticle() {
  const { text, result } = state;
  const headings = new Set(result.quotes.filter((quote) => quote.in_headline).map((quote) => quote.content[0].start));
  const blocks = paragraphs(text).map(({ start, end }) => {
    const here = result.quotes.filter((quote) => touches(quote, start, end));
    const heading = [...headings].some((offset) => offset >= start && offset < end);
    return el("p", { class: heading ? "heading" : null }, ...segments(here, start, end).map(drawSegment));
  });
  $("article").replaceChildren(...blocks);
}

const touches = (quote, start, end) => spansOf(quote).some(({ span }) => span.start < end && span.end > start);

function drawSegment(segment) {
  const words = state.text.slice(segment.start, segment.end);
  const classes = [segment.cueOf.length && "cue", segment.sourceOf.length && "source"].filter(Boolean).join(" ");
  const inner = classes ? el("span", { class: classes }, words) : words;
  if (!segment.content) return inner;
  const quote = segment.content;
  const speaker = speakerOf(quote);
  const badge = segment.last ? el("sup", { "aria-hidden": "true" }, speaker ? String(number(speaker.id)) : "?") : null;
  const mark = el("mark", { class: `quote ${hue(quote.speaker)} ${quote.mode}`, "data-quote": quote.id }, inner, badge);
  if (segment.first) {
    mark.id = `mark-${quote.id}`;
    mark.tabIndex = 0;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-pressed", "false");
    mark.setAttribute("aria-label", `${quote.text}. ${speaker ? `Said by ${speaker.name}` : "No speaker"}. Explain`);
  }
  return mark;
}

function drawSpeakers() {
  const total = state.result.speakers.reduce((sum, speaker) => sum + speaker.words_quoted, 0) || 1;
  const items = state.result.speakers.map((speaker) => {
    const share = speaker.words_quoted / total;
    return el("li", {}, el("button", { type: "button", class: hue(speaker.id), "data-speaker": speaker.id, "aria-pressed": "false" },
      el("span", { class: "name" }, `${number(speaker.id)}. ${speaker.name}`),
      el("span", { class: "role" }, [speaker.role, speaker.kind === "person" ? null : speaker.kind].filter(Boolean).join(" · ")),
      el("meter", { min: 0, max: 1, value: share, "aria-label": `${percent(share)} of the words quoted` }),
      el("span", { class: "amount" }, `${plural(speaker.quotes.length, "quotation")}, ${plural(speaker.words_quoted, "word")} (${percent(share)})`),
    ));
  });
  $("speakers").replaceChildren(...(items.length ? items : [el("li", { class: "quiet" }, "Nobody is quoted.")]));
}

function drawWarnings() {
  const warnings = state.result.warnings;
  $("warnings").replaceChildren(...warnings.map((warning) => el("li", {}, warning.detail ?? String(warning))));
  $("warnings-box").hidden = !warnings.length;
}

// ---------------------------------------------------------------- explaining

function drawWhy(quote) {
  $("why").classList.toggle("open", Boolean(quote));
  $("close").hidden = !quote;
  if (!quote) {
    $("why-body").replaceChildren(el("p", { class: "quiet" }, state.result?.quotes.length
      ? "Choose a quotation in the text to see why it was attributed so."
      : "No quotation was found in this text."));
    return;
  }
  const speaker = speakerOf(quote);
  const rows = [
    ["Speaker", speaker ? [speaker.name, speaker.role].filter(Boolean).join(", ") : "none: the text does not decide"],
    ["Source", quote.source ? `“${quote.source.text}”` : "not named here"],
    ["Cue", quote.cue ? `“${quote.cue.text}”` : "none"],
    ["Type", `${quote.type}, ${quote.mode}${quote.in_headline ? ", in a headline" : ""}`],
    ["Found by", explained(quote.rule)],
    ["Speaker by", quote.speaker_rule ? explained(quote.speaker_rule) : null],
    ["Repeats", quote.repeats ? `the quotation ${quote.repeats} of the body` : null],
    ["Place", `${quote.content[0].start} to ${quote.content[quote.content.length - 1].end} (UTF-16 units)`],
    ["Confidence", percent(quote.confidence)],
  ].filter(([, value]) => value);
  $("why-body").replaceChildren(
    el("blockquote", { class: hue(quote.speaker) }, quote.text),
    el("dl", {}, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
    el("meter", { min: 0, max: 1, low: 0.5, high: 0.9, optimum: 1, value: quote.confidence, "aria-label": "Confidence" }),
  );
}

const explained = (rule) => (state.rules[rule] ? `${state.rules[rule]} (${rule})` : rule);

function select(id, { focus = false } = {}) {
  state.selected = id;
  for (const mark of document.querySelectorAll("#article mark.quote")) {
    const chosen = mark.dataset.quote === id;
    mark.classList.toggle("selected", chosen);
    if (mark.hasAttribute("aria-pressed")) mark.setAttribute("aria-pressed", String(chosen));
  }
  drawWhy(state.result.quotes.find((quote) => quote.id === id) ?? null);
  const mark = $(`mark-${id}`);
  if (focus && mark) {
    mark.focus();
    mark.scrollIntoView({ block: "center" });
  }
}

function step(by) {
  const ids = state.result.quotes.map((quote) => quote.id);
  if (!ids.length) return;
  const at = ids.indexOf(state.selected);
  const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length;
  select(ids[next], { focus: true });
}

function only(speakerId) {
  state.speaker = state.speaker === speakerId ? null : speakerId;
  const quotes = new Map(state.result.quotes.map((quote) => [quote.id, quote.speaker]));
  $("article").classList.toggle("dim", state.speaker !== null);
  for (const mark of document.querySelectorAll("#article mark.quote")) {
    mark.classList.toggle("chosen", quotes.get(mark.dataset.quote) === state.speaker);
  }
  for (const button of document.querySelectorAll("#speakers button")) {
    button.setAttribute("aria-pressed", String(button.dataset.speaker === state.speaker));
  }
}

// ---------------------------------------------------------------- starting

$("ask").addEventListener("submit", ask);
$("previous").addEventListener("click", () => step(-1));
$("next").addEventListener("click", () => step(1));
$("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(JSON.stringify(state.result, null, 2));
  $("status").textContent = "The result is on the clipboard as JSON.";
});
$("article").addEventListener("click", (event) => {
  const mark = event.target.closest("mark.quote");
  if (mark) select(mark.dataset.quote);
});
$("article").addEventListener("keydown", (event) => {
  const mark = event.target.closest("mark.quote");
  if (mark && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    select(mark.dataset.quote);
  }
});
$("speakers").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) only(button.dataset.speaker);
});
$("close").addEventListener("click", () => {
  const mark = $(`mark-${state.selected}`);
  select(null);
  mark?.focus();
});
$("text").addEventListener("input", () => { $("example").value = ""; });

async function load(url, use) {
  try {
    const response = await fetch(url, { headers: key() ? { Authorization: `Bearer ${key()}` } : {} });
    if (response.ok) use(await response.json());
  } catch {
    // Examples and rule texts are a help, not a need: the page works without them.
  }
}

load(new URL("./examples.json", import.meta.url), (examples) => {
  examples.forEach((example, i) => $("example").append(el("option", { value: i }, example.title)));
  $("example").addEventListener("change", () => {
    const chosen = examples[$("example").value];
    if (chosen) $("text").value = chosen.text;
  });
});
const loadRules = () => load("/v1/info", (info) => { state.rules = info.rules ?? {}; });
loadRules();
$("key").addEventListener("change", loadRules);
