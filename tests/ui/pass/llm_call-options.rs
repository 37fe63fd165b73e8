//! Provider and model as literals, expressions, optional and through a `macro_rules!`.
#![deny(warnings)]

struct Client {
    provider: &'static str,
    model: Option<String>,
}

impl Client {
    #[agentops::llm_call(
        provider = self.provider,
        model = self.model.as_deref(),
        name = "ask",
        temperature = temperature,
    )]
    fn ask(&self, temperature: f64) -> f64 {
        temperature
    }
}

macro_rules! call {
    ($name:ident, $provider:expr, $model:literal) => {
        #[agentops::llm_call(provider = $provider, model = $model)]
        fn $name() {}
    };
}

call!(through_macro, "anthropic", "claude-sonnet-4");

#[agentops::llm_call]
fn bare() {}

fn main() {
    let captured = agentops::testing::capture(|| {
        let model = Some("gpt-4o".to_owned());
        let provider = "openai";
        Client { provider, model }.ask(0.5);
        through_macro();
        bare();
    });
    let ask = captured.span("ask");
    assert_eq!(ask.str("gen_ai.provider.name"), Some("openai"));
    assert_eq!(ask.str("gen_ai.request.model"), Some("gpt-4o"));
    assert_eq!(ask.str("gen_ai.operation.name"), Some("chat"));
    let through_macro = captured.span("chat claude-sonnet-4");
    assert_eq!(through_macro.str("gen_ai.provider.name"), Some("anthropic"));
    assert_eq!(captured.span("chat").get("gen_ai.request.model"), None);
}
