//! `select!`, `join!`, timeouts and task sets in bodies, and around annotated functions.
#![deny(warnings)]

use std::future::pending;

#[agentops::task]
async fn quick(value: u8) -> u8 {
    tokio::task::yield_now().await;
    value
}

#[agentops::task]
async fn stuck() -> u8 {
    pending().await
}

#[agentops::workflow]
async fn race(first: u8) -> Result<u8, String> {
    let mut polled = 0;
    tokio::select! {
        biased;
        value = stuck(), if first > 100 => Ok(value),
        value = quick(first) => {
            if value == 0 {
                return Err("zero".to_owned());
            }
            polled += 1;
            Ok(value + polled)
        }
        _ = stuck() => Err("stuck".to_owned()),
    }
}

#[agentops::workflow]
async fn all(values: &[u8]) -> Option<u8> {
    let (first, second) = tokio::join!(quick(*values.first()?), quick(*values.last()?));
    let third = tokio::try_join!(async { Ok::<_, ()>(quick(3).await) }, async { Err::<u8, _>(()) });
    Some(first + second + third.map_or(10, |(third, _)| third))
}

#[agentops::workflow]
async fn set(values: Vec<u8>) -> u8 {
    let mut tasks = tokio::task::JoinSet::new();
    for value in values {
        tasks.spawn(agentops::in_context(quick(value)));
    }
    let mut sum = 0;
    while let Some(value) = tasks.join_next().await {
        sum += value.unwrap();
    }
    sum
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(race(1).await, Ok(2));
        assert_eq!(race(0).await, Err("zero".to_owned()));
        assert_eq!(all(&[1, 2]).await, Some(13));
        assert_eq!(all(&[]).await, None);
        assert_eq!(set(vec![1, 2, 3]).await, 6);
    })
    .await;
    let race = "workflow invoke_workflow race\n  task quick\n  task stuck: cancelled\n";
    assert!(captured.tree().starts_with(race), "{captured}");
    let status = |status: &str| captured.spans.iter().filter(|span| span.status == status).count();
    assert_eq!((status("cancelled"), status("error")), (3, 1));
    assert_eq!(captured.tree().matches("\n  task quick").count(), 2 + 3 + 3);
}
