//! Baggage is read from the arguments and seen by all that the function calls.
#![deny(warnings)]

use agentops::Session;

#[agentops::session(id = id, baggage(user.id = id, "tenant" = tenant.trim()))]
async fn run(id: u32, tenant: String) -> Option<String> {
    std::future::ready(()).await;
    let _ = (id, &tenant);
    member("tenant").map(|found| found + &member("user.id").unwrap_or_default())
}

#[agentops::llm_call(model = "gpt-4o")]
fn member(key: &str) -> Option<String> {
    Session::current()?.get_baggage_value(key)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(run(3, " acme ".to_owned()).await.as_deref(), Some("acme3"));
    });
    assert_eq!(
        captured.await.tree(),
        "session run\n  llm_call chat gpt-4o\n  llm_call chat gpt-4o\n"
    );
}
