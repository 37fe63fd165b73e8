//! LLM calls on async functions, polled by hand.
#![deny(warnings)]
#![forbid(unreachable_code)]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

struct Request {
    model: String,
    temperature: f64,
}

struct Client {
    provider: &'static str,
}

impl Client {
    #[agentops::llm_call(
        provider = self.provider,
        model = request.model.as_str(),
        temperature = request.temperature,
    )]
    async fn complete(&self, request: Request) -> Result<String, std::fmt::Error> {
        if request.temperature > 1.0 {
            return Err(std::fmt::Error);
        }
        Ok(request.model)
    }
}

trait Complete {
    fn complete_later(&self, prompt: &str) -> impl Future<Output = usize> + Send;
}

impl Complete for Client {
    #[agentops::llm_call(provider = "openai", model = "gpt-4o")]
    async fn complete_later(&self, prompt: &str) -> usize {
        std::future::ready(()).await;
        prompt.len()
    }
}

#[agentops::llm_call("summarise", model = model)]
async fn borrowed<'a>(model: Option<&str>, prompt: &'a str) -> &'a str {
    let _ = model;
    prompt
}

#[agentops::llm_call]
async fn coerced() -> Result<Box<dyn Fn() -> u32>, Box<dyn std::error::Error>> {
    Ok(Box::new(|| 3))
}

fn is_send<T: Send>(value: T) -> T {
    value
}

fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        let polled = future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(output) = polled {
            return output;
        }
    }
}

fn main() {
    let captured = agentops::testing::capture(calls);
    assert_eq!(
        captured.tree(),
        "llm_call chat gpt-4o\nllm_call chat gpt-4o: error\nllm_call chat gpt-4o\n\
         llm_call summarise\nllm_call chat\n"
    );
}

fn calls() {
    let client = Client { provider: "openai" };
    let request = |temperature| Request {
        model: "gpt-4o".to_owned(),
        temperature,
    };
    assert_eq!(
        run(is_send(client.complete(request(0.5)))).as_deref(),
        Ok("gpt-4o")
    );
    assert!(run(client.complete(request(2.0))).is_err());
    assert_eq!(run(client.complete_later("hello")), 5);
    assert_eq!(run(borrowed(None, "hello")), "hello");
    assert_eq!(run(coerced()).map(|call| call()).ok(), Some(3));
}
