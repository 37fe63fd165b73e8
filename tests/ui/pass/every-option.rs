//! Every option of every attribute, none of which draws a warning on the function.
#![deny(warnings)]
#![forbid(unused)]

use std::collections::BTreeMap;

use agentops::EndState;
use agentops::metrics::Dimension;
use agentops::otel::opentelemetry::Context;
use agentops::otel::opentelemetry::trace::SpanContext;

const NAME: &str = "constant name";
const NAME_OF_THE_SESSION: &str = "chat";
const KEY: &str = "constant.key";

#[derive(Clone, Copy, Debug)]
enum Tier {
    Free,
    Paid,
}

impl Dimension for Tier {
    fn name(&self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Paid => "paid",
        }
    }
}

type Request = BTreeMap<&'static str, String>;

#[derive(Debug)]
struct Answer {
    text: String,
    input: u64,
    output: u64,
}

#[agentops::session(
    name = NAME_OF_THE_SESSION,
    id = id,
    user = id + 1,
    metadata(plan = "gold", "tries" = ?id),
    extract = headers,
    end_state = |found| if found.is_ok() { EndState::Success } else { EndState::Error },
    flush,
    metrics(tier = tier, known = true, way = "web"),
    fields({KEY} = 3, user.tier = ?tier, "shown" = %id, later),
    args(?tier, %id, size = headers.len()),
    ret(|count| *count, fields(found = |count| *count, {KEY} = |count| *count)),
    err(|error| error.to_string(), type = |_| "Parse"),
    baggage(tenant = id),
    tags("a", "b"),
    if = id > 0,
    root,
    links = Vec::<SpanContext>::new(),
    kind = server,
    on_cancel = ok,
    crate = ::agentops,
)]
fn session(
    id: u32,
    tier: Tier,
    headers: &[(&str, &str)],
) -> Result<usize, std::num::ParseIntError> {
    let requested = headers.len().to_string();
    let answer = complete(&Request::from([("model", "gpt-4o".to_owned())]), &requested);
    guard(&answer.text);
    plan(&Context::current(), tier);
    search(&answer.text, id);
    requested.parse()
}

#[agentops::llm_call(
    name = NAME,
    provider = "openai",
    model = request["model"].as_str(),
    operation = text_completion,
    request = request,
    response = |answer| BTreeMap::from([("id", answer.text.clone())]),
    usage = |answer| (answer.input, answer.output),
    prompt = prompt,
    completion = |answer| &answer.text,
    temperature = 0.7,
    top_p = 0.5,
    max_tokens = prompt.len(),
    stream = false,
    server = "api.openai.com:443",
    metrics = false,
    ret(Debug),
    ok_if = |answer| !answer.text.is_empty(),
    skip(prompt),
)]
fn complete(request: &Request, prompt: &str) -> Answer {
    Answer {
        text: prompt.to_uppercase(),
        input: request.len() as u64,
        output: 2,
    }
}

#[agentops::guardrail(
    stage = input,
    threshold = 0.5,
    action = block,
    triggered = |is_bad| *is_bad,
    content = false,
)]
fn guard(text: &str) -> bool {
    text.is_empty()
}

#[agentops::agent(
    id = "a-1",
    description = "Plans.",
    version = "2",
    parent = parent,
    metrics(tier = tier),
    args(tier),
)]
fn plan(parent: &Context, tier: Tier) {
    flow(parent.clone());
    later(tier);
}

#[agentops::workflow(version = "1", metrics = false, parent = Some(&parent), skip(parent))]
fn flow(parent: Context) {
    drop(parent);
}

#[agentops::tool(
    description = "Searches.",
    type = function,
    call_id = id,
    cost = 0.05,
    err_if = |words| words.is_empty(),
    ret(Json),
    metrics(found = true),
)]
fn search(query: &str, id: u32) -> Vec<String> {
    let shown = step(id).unwrap_or_default();
    vec![query.to_owned(), shown]
}

#[agentops::task(version = "1", err(Display), ret(Display))]
fn step(id: u32) -> Result<String, std::fmt::Error> {
    Ok(count(id).to_string())
}

#[agentops::operation(version = "1", leaf, err_if = |count| *count > 3, args(self_ = id))]
fn count(id: u32) -> u32 {
    id
}

#[agentops::task(err(Debug), on_cancel = error, if = matches!(tier, Tier::Free), args(?tier))]
async fn awaited(tier: Tier) -> Result<Tier, std::fmt::Error> {
    std::future::ready(Ok(tier)).await
}

struct Worker {
    step: u32,
}

impl Worker {
    #[agentops::task(args(%self, step = self.step), ret(|step| step))]
    async fn run(&mut self) -> u32 {
        self.step += 1;
        std::future::ready(self.step).await
    }
}

impl std::fmt::Display for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.step)
    }
}

#[agentops::llm_call(
    usage = |text| agentops::llm::Usage::new(text.len() as u64, 3),
    completion = |text| text,
    stream,
)]
async fn answer(prompt: String) -> String {
    std::future::ready(prompt).await
}

#[agentops::task(ret(fields(is_paid = |tier| matches!(tier, Tier::Paid))))]
fn later(tier: Tier) -> Tier {
    tier
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(session(3, Tier::Paid, &[("a", "b")]), Ok(1));
        assert!(awaited(Tier::Free).await.is_ok());
        assert_eq!(Worker { step: 1 }.run().await, 2);
        assert_eq!(answer("x".to_owned()).await, "x");
    })
    .await;
    let task = captured.span("later");
    assert!(task.attributes.iter().any(|(key, _)| key == "is_paid"));
    captured.span(NAME);
}
