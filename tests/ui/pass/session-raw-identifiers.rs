//! Keywords as names of functions, arguments and fields.
#![deny(warnings)]

struct Request {
    r#type: u32,
}

#[agentops::session(id = r#type, fields(r#type = r#type, r#match.kind = r#match.r#type))]
fn r#loop(r#type: u32, r#match: Request) -> u32 {
    r#type + r#match.r#type
}

#[agentops::session]
async fn r#await(r#async: u32) -> u32 {
    r#async
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(r#loop(1, Request { r#type: 2 }), 3);
        assert_eq!(r#await(4).await, 4);
    });
    let captured = captured.await;
    assert_eq!(captured.tree(), "session loop\nsession await\n");
    assert_eq!(captured.span("loop").int("type"), Some(1));
    assert_eq!(captured.span("loop").int("match.kind"), Some(2));
}
