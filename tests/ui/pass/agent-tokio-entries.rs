//! `#[tokio::main]` above and below other attributes than `session`, with arguments and results.
#![deny(warnings)]

#[agentops::agent]
#[tokio::main(flavor = "current_thread")]
async fn below(goal: &str, mut steps: u8) -> Result<usize, String> {
    steps += 1;
    step(&steps).await;
    if goal.is_empty() {
        return Err("no goal".to_owned());
    }
    Ok(goal.len())
}

#[tokio::main(flavor = "current_thread")]
#[agentops::workflow(fields(size = goal.len()))]
async fn above(goal: String, (left, right): (u8, u8)) -> usize {
    step(&left).await;
    goal.len() + usize::from(right)
}

#[agentops::workflow]
#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn spawns(count: u8) {
    for value in 0..count {
        tokio::spawn(agentops::in_context(async move { *step(&value).await })).await.unwrap();
    }
}

#[tokio::main(flavor = "current_thread")]
#[agentops::tool]
async fn never(code: u8) -> ! {
    step(&code).await;
    std::panic::panic_any(code)
}

#[agentops::task]
async fn step(value: &u8) -> &u8 {
    tokio::task::yield_now().await;
    value
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let captured = agentops::testing::capture(|| {
        assert_eq!(below("goal", 1), Ok(4));
        assert_eq!(below("", 1), Err("no goal".to_owned()));
        assert_eq!(above("goal".to_owned(), (1, 2)), 6);
        spawns(2);
        assert!(std::panic::catch_unwind(|| never(3)).is_err());
    });
    assert_eq!(
        captured.tree(),
        "agent invoke_agent below\n  task step\nagent invoke_agent below: error\n  task step\n\
         workflow invoke_workflow above\n  task step\n\
         workflow invoke_workflow spawns\n  task step\n  task step\n\
         tool execute_tool never: panicked\n  task step\n"
    );
}
