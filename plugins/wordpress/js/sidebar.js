// The panels in the block editor: a sidebar, and warnings before publication.
import { byUnnamed, findQuotes, jsonLd, placesOf, speakerOf, STORE, told, withoutSpeaker } from "./store.js";

const { blocks, components, data, editPost, editor, element, escapeHtml: { escapeHTML }, i18n, plugins } = window.wp;
const { createElement: el, Fragment, useEffect, useState } = element;
const { Button, Notice, PanelBody, Spinner, TextareaControl } = components;
const { __, _n, sprintf } = i18n;
// WordPress 6.6 has moved them.
const { PluginPrePublishPanel, PluginSidebar, PluginSidebarMoreMenuItem } = editor?.PluginSidebar ? editor : editPost;

const NAME = "quote-attribution";
const TITLE = __("Quotations", "quote-attribution");

/** The last answer, and whether it is still about what stands in the editor. */
const useAnswer = () => data.useSelect((select) => {
  const answer = select(STORE).current();
  // Asked for in any case: WordPress 6.1 watches the stores that are asked the first time, and no others.
  const present = select("core/block-editor").getBlocks();
  return { ...answer, isStale: answer.result !== null && answer.blocks !== present };
}, []);

const countOf = (quotes) =>
  /* translators: %d: number of quotations */
  sprintf(_n("%d quotation", "%d quotations", quotes.length, "quote-attribution"), quotes.length);

// ---------------------------------------------------------------- what can be done with a quotation

const rootOf = (clientId) => data.select("core/block-editor").getBlockHierarchyRootClientId(clientId);

function show(clientId) {
  data.dispatch("core/block-editor").selectBlock(clientId);
  const canvas = document.querySelector('iframe[name="editor-canvas"]')?.contentDocument ?? document;
  canvas.getElementById(`block-${clientId}`)?.scrollIntoView({ block: "center" });
}

/** Quoted words are the article's, never mark-up: what a block takes is HTML, so they are escaped. */
function insertPullQuote(quote, speaker, clientId) {
  const value = quote.content.map((span) => span.text).join(" … ");
  const citation = speaker && speaker.kind !== "unnamed" ? speaker.name : "";
  const block = blocks.createBlock("core/pullquote", { value: escapeHTML(value), citation: escapeHTML(citation) });
  const after = data.select("core/block-editor").getBlockIndex(rootOf(clientId)) + 1;
  data.dispatch("core/block-editor").insertBlock(block, after);
}

function Quote({ quote, result, traced }) {
  const speaker = speakerOf(result, quote);
  const [place] = placesOf(traced, quote);
  const stands = place && data.select("core/block-editor").getBlock(place.origin.clientId);
  return el("li", { className: "quote-attribution-quote", "data-quote": quote.id },
    el("blockquote", null, quote.text),
    stands && el(Button, { variant: "link", onClick: () => show(place.origin.clientId) }, __("Show", "quote-attribution")),
    stands && quote.type !== "indirect" && el(Button, { variant: "link", onClick: () => insertPullQuote(quote, speaker, place.origin.clientId) },
      __("Insert pull quote", "quote-attribution")));
}

const Quotes = ({ quotes, ...rest }) =>
  el("ul", { className: "quote-attribution-quotes" }, quotes.map((quote) => el(Quote, { key: quote.id, quote, ...rest })));

// ---------------------------------------------------------------- the sidebar

function Asking({ answer }) {
  const isAsking = answer.state === "asking";
  return el(PanelBody, null,
    el(Button, { variant: "primary", disabled: isAsking, onClick: findQuotes }, __("Find quotations", "quote-attribution")),
    isAsking && el(Spinner),
    el("p", { role: "status" }, answer.state === "failed" ? "" : answer.message),
    answer.state === "failed" && el(Notice, { status: "warning", isDismissible: false }, answer.message),
    answer.isStale && el(Notice, { status: "info", isDismissible: false }, __("The text has changed since.", "quote-attribution")));
}

function Speakers({ result, traced }) {
  const quotesOf = (speaker) => result.quotes.filter((quote) => quote.speaker === speaker.id);
  return result.speakers.map((speaker) => el(PanelBody, { key: speaker.id, title: `${speaker.name} (${quotesOf(speaker).length})`, initialOpen: false },
    speaker.role && el("p", { className: "quote-attribution-role" }, speaker.role),
    speaker.kind === "unnamed" && el("p", null, __("This speaker is not named.", "quote-attribution")),
    el(Quotes, { quotes: quotesOf(speaker), result, traced })));
}

function NoSpeaker({ result, traced }) {
  const quotes = withoutSpeaker(result);
  if (!quotes.length) return null;
  return el(PanelBody, { title: `${__("No speaker", "quote-attribution")} (${quotes.length})` }, el(Quotes, { quotes, result, traced }));
}

function JsonLd() {
  const [text, setText] = useState("");
  const [message, setMessage] = useState("");
  const copy = async () => {
    try {
      const found = await jsonLd();
      setText(found);
      await navigator.clipboard.writeText(found);
      setMessage(__("The JSON-LD is on the clipboard.", "quote-attribution"));
    } catch (error) {
      setMessage(told(error));
    }
  };
  return el(PanelBody, { title: __("For search engines", "quote-attribution"), initialOpen: false },
    el("p", null, __("Published posts carry this description in their page by themselves.", "quote-attribution")),
    el(Button, { variant: "secondary", onClick: copy }, __("Copy JSON-LD", "quote-attribution")),
    el("p", { role: "status" }, message),
    text && el(TextareaControl, { label: "JSON-LD", value: text, readOnly: true, rows: 8, onChange: () => {} }));
}

function Sidebar() {
  const answer = useAnswer();
  const { result, traced } = answer;
  return el(Fragment, null,
    el(Asking, { answer }),
    result && el(PanelBody, null,
      el("p", { className: "quote-attribution-count" }, countOf(result.quotes)),
      result.warnings.map((warning) => el(Notice, { key: warning.code, status: "warning", isDismissible: false }, warning.detail))),
    result && el(NoSpeaker, { result, traced }),
    result && el(Speakers, { result, traced }),
    el(JsonLd));
}

// ---------------------------------------------------------------- before publication

function Warnings({ result, traced }) {
  const nobody = withoutSpeaker(result), unnamed = byUnnamed(result);
  if (!nobody.length && !unnamed.length) return el("p", null, __("Every quotation has a named speaker.", "quote-attribution"));
  return el(Fragment, null,
    nobody.length > 0 && el(Notice, { status: "warning", isDismissible: false }, `${__("No speaker", "quote-attribution")}: ${countOf(nobody)}`),
    nobody.length > 0 && el(Quotes, { quotes: nobody, result, traced }),
    unnamed.length > 0 && el(Notice, { status: "warning", isDismissible: false }, `${__("Unnamed speaker", "quote-attribution")}: ${countOf(unnamed)}`),
    unnamed.length > 0 && el(Quotes, { quotes: unnamed, result, traced }));
}

/** Asks when it is opened. Whatever the answer, or if there is none, the post can be published. */
function BeforePublication() {
  const answer = useAnswer();
  useEffect(() => {
    if (answer.state === "idle" || answer.isStale) findQuotes();
  }, []);
  return el(Fragment, null,
    answer.state === "asking" && el(Spinner),
    answer.state === "asking" && el("p", { role: "status" }, answer.message),
    answer.state === "failed" && el(Notice, { status: "info", isDismissible: false },
      `${answer.message} ${__("You can publish all the same.", "quote-attribution")}`),
    answer.result && el(Warnings, answer));
}

plugins.registerPlugin(NAME, {
  icon: "format-quote",
  render: () => el(Fragment, null,
    el(PluginSidebarMoreMenuItem, { target: NAME }, TITLE),
    el(PluginSidebar, { name: NAME, title: TITLE }, el(Sidebar)),
    el(PluginPrePublishPanel, { title: TITLE, initialOpen: true }, el(BeforePublication))),
});
