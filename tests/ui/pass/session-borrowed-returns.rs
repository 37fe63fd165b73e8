//! References that come out of an annotated function live as long as without the attribute.
#![deny(warnings)]

use std::collections::HashMap;

#[derive(Default)]
struct Agent {
    steps: Vec<String>,
    notes: HashMap<String, String>,
}

impl Agent {
    #[agentops::session]
    fn last(&mut self, step: String) -> Option<&mut String> {
        self.steps.push(step);
        self.steps.last_mut()
    }

    #[agentops::session]
    async fn note<'a>(&'a mut self, key: &str) -> &'a mut String {
        self.notes.entry(key.to_owned()).or_default()
    }
}

#[agentops::session]
fn longest<'a>(left: &'a str, right: &'a str) -> &'a str {
    if left.len() < right.len() { right } else { left }
}

#[agentops::session]
async fn first<'a, 'b: 'a>(left: &'a str, right: &'b str) -> &'a str {
    if left.is_empty() { right } else { left }
}

#[agentops::session]
fn constant() -> &'static str {
    "constant"
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let mut agent = Agent::default();
        agent.last("start".to_owned()).unwrap().push('!');
        agent.note("key").await.push_str("value");
        assert_eq!(agent.steps, ["start!"]);
        assert_eq!(agent.notes["key"], "value");
        let left = "left".to_owned();
        let longer = {
            let right = "right";
            longest(&left, right)
        };
        assert_eq!(longer, "right");
        assert_eq!(first(&left, "").await, "left");
        assert_eq!(constant(), "constant");
    });
    assert_eq!(
        captured.await.tree(),
        "session last\nsession note\nsession longest\nsession first\nsession constant\n"
    );
}
