//! `#[async_trait]` below a block's attribute, above it, and brought by `cfg_attr`.
#![deny(warnings)]

use async_trait::async_trait;

#[async_trait]
trait Tool: Send + Sync {
    async fn call(&self, words: &str, token: &str) -> Result<usize, String>;

    async fn close(&mut self) {}

    fn label(&self) -> String;
}

struct Below;
struct Above;
struct Conditional;

#[agentops::tool(skip(token))]
#[async_trait]
impl Tool for Below {
    async fn call(&self, words: &str, token: &str) -> Result<usize, String> {
        tokio::task::yield_now().await;
        Err(format!("{words} by {token}"))
    }

    async fn close(&mut self) {
        tokio::task::yield_now().await;
    }

    fn label(&self) -> String {
        "below".to_owned()
    }
}

#[async_trait]
#[agentops::tool(skip(token))]
impl Tool for Above {
    async fn call(&self, words: &str, token: &str) -> Result<usize, String> {
        tokio::task::yield_now().await;
        Ok(words.len() + token.len())
    }

    #[agentops(skip)]
    fn label(&self) -> String {
        "above".to_owned()
    }
}

#[agentops::tool(skip(token))]
#[cfg_attr(not(any()), async_trait)]
#[cfg_attr(any(), async_trait(?Send))]
impl Tool for Conditional {
    async fn call(&self, words: &str, token: &str) -> Result<usize, String> {
        tokio::task::yield_now().await;
        Ok(words.len() * token.len())
    }

    #[agentops::task]
    async fn close(&mut self) {
        Above.close().await;
    }

    fn label(&self) -> String {
        "conditional".to_owned()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let mut tools: [Box<dyn Tool>; 3] =
            [Box::new(Below), Box::new(Above), Box::new(Conditional)];
        for tool in &mut tools {
            let _ = tool.call("hello", "secret").await;
            tool.close().await;
            assert!(!tool.label().is_empty());
        }
    });
    let captured = captured.await;
    assert_eq!(
        captured.tree(),
        "tool execute_tool Below::call: error\ntool execute_tool Below::close\n\
         tool execute_tool Below::label\ntool execute_tool Above::call\n\
         tool execute_tool Conditional::call\n\
         task close\ntool execute_tool Conditional::label\n"
    );
    for name in ["Below::call", "Above::call", "Conditional::call"] {
        let span = captured.span(&format!("execute_tool {name}"));
        assert_eq!(
            span.str("gen_ai.tool.call.arguments"),
            Some(r#"{"words":"hello"}"#)
        );
    }
}
