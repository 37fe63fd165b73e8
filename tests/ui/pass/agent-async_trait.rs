//! `#[async_trait]` traits: methods annotated in the impl, in the trait, and behind `dyn`.
#![deny(warnings)]

use async_trait::async_trait;

#[async_trait]
trait Agent: Send + Sync {
    async fn plan(&self, goal: &str) -> Result<usize, String>;

    #[agentops::agent]
    async fn twice(&self, goal: &str) -> Result<usize, String> {
        Ok(2 * self.plan(goal).await?)
    }

    #[agentops::task]
    async fn nothing(&mut self, (left, mut right): (u8, u8), _: String) {
        right += left;
        assert_eq!(right, 3);
    }
}

struct Planner {
    extra: usize,
}

#[async_trait]
impl Agent for Planner {
    #[agentops::agent(fields(extra = self.extra))]
    async fn plan(&self, goal: &str) -> Result<usize, String> {
        tokio::task::yield_now().await;
        if goal.is_empty() {
            return Err("no goal".to_owned());
        }
        Ok(goal.len() + self.extra)
    }
}

struct Local(std::rc::Rc<usize>);

#[async_trait(?Send)]
trait Ask {
    async fn ask(self: Box<Self>) -> usize;
}

#[async_trait(?Send)]
impl Ask for Local {
    #[agentops::llm_call(model = "m")]
    async fn ask(self: Box<Self>) -> usize {
        tokio::task::yield_now().await;
        *self.0
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let mut agent: Box<dyn Agent> = Box::new(Planner { extra: 1 });
        assert_eq!(agent.twice("goal").await, Ok(10));
        assert_eq!(agent.plan("").await, Err("no goal".to_owned()));
        agent.nothing((1, 2), String::new()).await;
        assert_eq!(Box::new(Local(std::rc::Rc::new(3))).ask().await, 3);
    })
    .await;
    assert_eq!(
        captured.tree(),
        "agent invoke_agent twice\n  agent invoke_agent plan\nagent invoke_agent plan: error\n\
         task nothing\nllm_call chat m\n"
    );
    let failed = captured.spans.iter().find(|span| span.status == "error").unwrap();
    assert_eq!(failed.message, "no goal");
    assert_eq!(failed.int("extra"), Some(1));
}
