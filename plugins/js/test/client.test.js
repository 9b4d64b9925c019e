import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { Client, ServiceProblem } from "../quotes.js";

const RESULT = { quotes: [], speakers: [], offset_unit: "utf16" };
const busy = (after) => [503, { "Retry-After": after }, { type: "/problems/busy", title: "The service is busy", status: 503 }];

let server, base, answers, requests, waits;

before(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    requests.push({ url: request.url, headers: request.headers, body: JSON.parse(body) });
    const [status, headers, answer] = answers.shift();
    response.writeHead(status, headers).end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());
beforeEach(() => { answers = []; requests = []; waits = []; });

const client = (options = {}) => new Client(base, { sleep: async (seconds) => { waits.push(seconds); }, ...options });
const problem = (status, title) => (error) => error instanceof ServiceProblem && error.problem.status === status && error.problem.title === title;

test("an article is sent as it is, with offsets in UTF-16 units and out of every cache", async () => {
  answers = [[200, {}, RESULT]];
  assert.deepEqual(await client().quotes({ text: "😀 “Yes.”", options: { min_confidence: 0.5 } }), RESULT);
  const [{ url, headers, body }] = requests;
  assert.equal(url, "/v1/quotes");
  assert.equal(headers["cache-control"], "no-store");
  assert.equal(headers.authorization, undefined);
  assert.deepEqual(body, { text: "😀 “Yes.”", options: { min_confidence: 0.5, offset_unit: "utf16" } });
});

test("a key goes along as a bearer token", async () => {
  answers = [[200, {}, RESULT]];
  await client({ key: "s3cret" }).quotes({ text: "Yes." });
  assert.equal(requests[0].headers.authorization, "Bearer s3cret");
});

test("a base URL may end in a slash or have a path", async () => {
  answers = [[200, {}, RESULT]];
  await new Client(`${base}/quotes/`).quotes({ text: "Yes." });
  assert.equal(requests[0].url, "/quotes/v1/quotes");
});

test("a busy service is asked again after the time that it names", async () => {
  answers = [busy("7"), busy("2"), [200, {}, RESULT]];
  const heard = [];
  assert.deepEqual(await client().quotes({ text: "Yes." }, { onWait: (seconds) => heard.push(seconds) }), RESULT);
  assert.deepEqual(waits, [7, 2]);
  assert.deepEqual(heard, [7, 2]);
});

test("Retry-After may be a date, and is never less than a second", async () => {
  answers = [busy(new Date(Date.now() + 20_000).toUTCString()), busy("Thu, 01 Jan 1970 00:00:00 GMT"), busy("0"), [200, {}, RESULT]];
  await client().quotes({ text: "Yes." });
  assert.ok(waits[0] >= 15 && waits[0] <= 20, `${waits[0]}`);
  assert.deepEqual(waits.slice(1), [1, 1]);
});

test("patience ends: the next wait would be too long in all", async () => {
  answers = [busy("20"), busy("11")];
  await assert.rejects(client({ patience: 30 }).quotes({ text: "Yes." }), (error) => {
    assert.ok(problem(503, "The service is busy")(error));
    assert.equal(error.retryAfter, 11);
    return true;
  });
  assert.deepEqual(waits, [20]);
});

for (const [name, answer, status, title] of [
  ["a problem of the article", [422, { "Retry-After": "1" }, { title: "The article is empty", status: 422 }], 422, "The article is empty"],
  ["busy without a time", [503, {}, { title: "The service is busy", status: 503 }], 503, "The service is busy"],
  ["a time that is none", [503, { "Retry-After": "soon" }, { title: "The service is busy", status: 503 }], 503, "The service is busy"],
  ["a proxy's own page", [502, {}, "<h1>Bad gateway</h1>"], 502, "HTTP 502"],
]) {
  test(`${name} is passed on at once`, async () => {
    answers = [answer];
    await assert.rejects(client().quotes({ text: " " }), problem(status, title));
    assert.equal(requests.length, 1);
    assert.deepEqual(waits, []);
  });
}

test("waiting can be given up", async () => {
  answers = [busy("30")];
  const abandon = new AbortController();
  const asked = new Client(base).quotes({ text: "Yes." }, { signal: abandon.signal, onWait: () => setTimeout(() => abandon.abort(), 10) });
  await assert.rejects(asked, { name: "AbortError" });
});

test("a service that is not there is fetch's own error", async () => {
  await assert.rejects(new Client("http://127.0.0.1:9").quotes({ text: "Yes." }), TypeError);
});
