//! Patterns among the arguments: taken apart, mutable, by reference, unused, unbound.
#![deny(warnings)]

struct Chat {
    id: u32,
    title: String,
}

#[agentops::session(id = id, fields(left = left, title = title))]
fn apart(Chat { id, ref title }: Chat, (left, mut right): (u32, u32), [head, .., tail]: [u8; 3]) -> String {
    right += left + id + u32::from(head) + u32::from(tail);
    format!("{title} {right}")
}

#[agentops::session]
fn unused(_: String, _unused: u8, (_, _ignored): (u8, u8)) -> u32 {
    1
}

#[agentops::session]
fn changed(mut list: Vec<u32>, mut count: u32) -> Vec<u32> {
    while count > 0 {
        list.push(count);
        count -= 1;
    }
    list
}

#[agentops::session]
async fn bound(all @ (first, _): (u32, u32), &copied: &u32) -> (u32, u32) {
    (all.1, first + copied)
}

#[agentops::session]
fn reassigned<'a>(mut text: &'a str, fallback: &'a String) -> &'a str {
    if text.is_empty() {
        text = fallback;
    }
    text
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let title = "title".to_owned();
        assert_eq!(apart(Chat { id: 1, title }, (2, 3), [4, 0, 5]), "title 15");
        assert_eq!(unused(String::new(), 1, (2, 3)), 1);
        assert_eq!(changed(vec![], 2), [2, 1]);
        assert_eq!(bound((1, 2), &3).await, (2, 4));
        assert_eq!(reassigned("", &"other".to_owned()), "other");
    });
    let captured = captured.await;
    assert_eq!(
        captured.tree(),
        "session apart\nsession unused\nsession changed\nsession bound\nsession reassigned\n"
    );
    assert_eq!(captured.span("apart").str("session.id"), Some("1"));
    assert_eq!(captured.span("apart").str("title"), Some("title"));
}
