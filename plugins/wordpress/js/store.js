// What the panels share: the last answer, what it is about, and how to get another.
import { Client, ServiceProblem } from "./quotes.js";
import { traceBlocks } from "./blocks.js";

const { apiFetch, data: { createReduxStore, dispatch, register, select }, i18n: { __, sprintf, _n } } = window.wp;

export const STORE = "quote-attribution";
const HIGHLIGHT = "quote-attribution";
const NAMELESS = "quote-attribution-nameless";
const IDLE = { state: "idle", result: null, traced: null, blocks: null, message: "" };

register(createReduxStore(STORE, {
  reducer: (state = IDLE, action) => (action.type === "change" ? { ...state, ...action.change } : state),
  actions: { change: (change) => ({ type: "change", change }) },
  selectors: { current: (state) => state },
}));
const change = (change) => dispatch(STORE).change(change);

/** WordPress's own fetch adds the nonce, renewed when it has run out, and throws what is no success. */
async function wordpressFetch(url, init) {
  try {
    return await apiFetch({ url, ...init, parse: false });
  } catch (answer) {
    if (answer instanceof Response) return answer;
    throw answer;
  }
}

const service = new Client(window.quoteAttribution.base, { fetch: wordpressFetch });

/** Ask about what stands in the editor, saved or not. Never throws: what went wrong is a message. */
async function askAbout(blocks, form) {
  const traced = traceBlocks(blocks);
  const onWait = (seconds) => change({
    message: sprintf(
      /* translators: %d: seconds */
      _n("The service is busy. Asking again in %d second …", "The service is busy. Asking again in %d seconds …", seconds, "quote-attribution"),
      seconds,
    ),
  });
  const answer = await service.quotes({ html: traced.html, post: select("core/editor").getCurrentPostId(), form }, { onWait });
  return { answer, traced };
}

export async function findQuotes() {
  const blocks = select("core/block-editor").getBlocks();
  change({ state: "asking", message: __("Reading the article …", "quote-attribution") });
  clearHighlights();
  try {
    const { answer, traced } = await askAbout(blocks, "json");
    change({ state: "done", result: answer, traced, blocks, message: "" });
    highlight(answer, traced);
  } catch (error) {
    change({ state: "failed", result: null, traced: null, blocks: null, message: told(error) });
  }
}

/** Return the description for search engines of what stands in the editor, as indented JSON; throws what `Client` throws. */
export async function jsonLd() {
  const { answer } = await askAbout(select("core/block-editor").getBlocks(), "jsonld");
  change({ message: "" });
  return JSON.stringify(answer, null, 2);
}

/** What went wrong, in words. */
export function told(error) {
  if (!(error instanceof ServiceProblem)) return error?.message || __("No answer.", "quote-attribution");
  return error.problem.detail ? `${error.problem.title}: ${error.problem.detail}` : error.problem.title;
}

// ---------------------------------------------------------------- reading a result

export const speakerOf = (result, quote) => result.speakers.find((speaker) => speaker.id === quote.speaker) ?? null;
export const withoutSpeaker = (result) => result.quotes.filter((quote) => !quote.speaker);
export const byUnnamed = (result) => result.quotes.filter((quote) => speakerOf(result, quote)?.kind === "unnamed");

/** Where a quotation stands in the blocks, in order: `{origin: {clientId, attribute}, start, end}`. */
export const placesOf = (traced, quote) => quote.content.flatMap((span) => traced.locate(span.html));

// ---------------------------------------------------------------- highlights

/** Annotations are an experiment of WordPress's: where they have gone, there is no highlight, and all else still works. */
function highlight(result, traced) {
  const add = dispatch("core/annotations")?.__experimentalAddAnnotation;
  for (const quote of add ? result.quotes : []) {
    const kind = speakerOf(result, quote)?.kind;
    const source = !kind || kind === "unnamed" ? NAMELESS : HIGHLIGHT;
    for (const { origin, start, end } of placesOf(traced, quote)) {
      add({ source, blockClientId: origin.clientId, richTextIdentifier: origin.attribute, range: { start, end } });
    }
  }
}

function clearHighlights() {
  const remove = dispatch("core/annotations")?.__experimentalRemoveAnnotationsBySource;
  [HIGHLIGHT, NAMELESS].forEach((source) => remove?.(source));
}
