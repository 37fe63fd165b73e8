//! Inner attributes of a body go on to cover all of it.
#![deny(warnings, missing_docs)]
//! Documented.

#[agentops::workflow]
fn sync(input: u8) -> u8 {
    #![allow(unused_variables, unused_mut)]
    //! The body's own words.
    let mut spare = input;
    1
}

#[agentops::workflow]
async fn later(spare: u8, mut also: u8) -> u8 {
    #![expect(unused_variables, unused_mut, reason = "they are for show")]
    2
}

#[agentops::workflow]
fn unit(spare: u8) {
    #![expect(unused_variables, reason = "it is for show")]
    #![allow(unused_assignments)]
}

#[agentops::workflow]
#[track_caller]
fn tracked(spare: u8) -> u8 {
    #![expect(unused_variables, reason = "it is for show")]
    3
}

#[agentops::workflow]
fn future() -> impl Future<Output = u8> {
    #![allow(non_snake_case)]
    let Shouted = 4;
    std::future::ready(Shouted)
}

#[agentops::workflow]
fn strict(input: u8) -> u8 {
    #![forbid(unused, unsafe_code, unreachable_code)]
    if input > 3 {
        return 5;
    }
    input
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!((sync(1), later(1, 2).await, tracked(1)), (1, 2, 3));
        unit(1);
        assert_eq!((future().await, strict(9)), (4, 5));
    })
    .await;
    assert_eq!(captured.spans.len(), 6);
}
