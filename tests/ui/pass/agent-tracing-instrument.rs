//! `#[tracing::instrument]` above and below, and nothing of either is lost.
#![deny(warnings)]

#[agentops::agent]
#[tracing::instrument]
fn below(goal: &str, mut steps: u8) -> Result<u8, String> {
    steps += 1;
    if goal.is_empty() {
        return Err("no goal".to_owned());
    }
    Ok(steps)
}

#[tracing::instrument(skip(steps), fields(size = goal.len()))]
#[agentops::agent(fields(size = goal.len()))]
fn above(goal: &str, mut steps: u8) -> Result<u8, String> {
    steps += 1;
    Ok(steps)
}

#[agentops::agent]
#[tracing::instrument(ret, err)]
async fn below_later(goal: String, steps: &mut Vec<u8>) -> Result<usize, String> {
    steps.push(1);
    tokio::task::yield_now().await;
    Ok(goal.len() + steps.len())
}

#[tracing::instrument(level = "debug", skip_all)]
#[agentops::agent]
async fn above_later(goal: String, steps: &mut Vec<u8>) -> Result<usize, String> {
    steps.push(1);
    tokio::task::yield_now().await;
    Err(goal)
}

struct Planner;

impl Planner {
    #[agentops::agent]
    #[tracing::instrument(skip(self))]
    #[agentops::task]
    async fn between(&self, goal: &str) -> usize {
        goal.len()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(below("goal", 1), Ok(2));
        assert!(below("", 1).is_err());
        assert_eq!(above("goal", 1), Ok(2));
        let mut steps = vec![];
        assert_eq!(below_later("goal".to_owned(), &mut steps).await, Ok(5));
        assert_eq!(above_later("goal".to_owned(), &mut steps).await, Err("goal".to_owned()));
        assert_eq!(Planner.between("goal").await, 4);
    })
    .await;
    assert_eq!(
        captured.tree(),
        "agent invoke_agent below\nagent invoke_agent below: error\nagent invoke_agent above\n\
         agent invoke_agent below_later\nagent invoke_agent above_later: error\n\
         agent invoke_agent between\n  task between\n"
    );
    assert_eq!(captured.span("invoke_agent above").int("size"), Some(4));
}
