//! Arguments that the body changes, reassigns, points at its own locals, or moves away.
#![deny(warnings)]

#[agentops::task]
fn points_at_a_local(mut text: &str) -> usize {
    let local = text.to_uppercase();
    text = &local;
    text.len()
}

#[agentops::task]
async fn points_at_a_local_later(mut text: &str, upper: bool) -> usize {
    let local;
    if upper {
        local = text.repeat(2);
        text = &local;
    }
    tokio::task::yield_now().await;
    text.len()
}

#[agentops::task]
fn unit_points_at_a_local(mut list: &[u8]) {
    let local = [list, &[1]].concat();
    list = &local;
    assert_eq!(list.last(), Some(&1));
}

#[agentops::task]
fn behind_a_reference(text: &mut &'static str, mut count: Option<u8>) -> Option<u8> {
    *text = "changed";
    while let Some(left) = count.take() {
        count = left.checked_sub(1);
        if count == Some(1) {
            break;
        }
    }
    count
}

#[agentops::task]
fn moved_and_filled_again(mut list: Vec<u8>) -> (Vec<u8>, Vec<u8>) {
    let first = list;
    list = vec![first.len() as u8];
    (first, list)
}

#[agentops::task]
async fn shadowed(text: String, text_length: usize) -> usize {
    let text = text.len();
    let text_length = text_length + text;
    text_length
}

#[agentops::task]
fn walks(mut node: &List) -> u8 {
    while let Some(next) = &node.next {
        node = next;
    }
    node.value
}

#[derive(Debug)]
struct List {
    value: u8,
    next: Option<Box<List>>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(points_at_a_local("text"), 4);
        assert_eq!(points_at_a_local_later("text", true).await, 8);
        unit_points_at_a_local(&[]);
        let mut text = "text";
        assert_eq!(behind_a_reference(&mut text, Some(3)), Some(1));
        assert_eq!(text, "changed");
        assert_eq!(moved_and_filled_again(vec![0, 0]), (vec![0, 0], vec![2]));
        assert_eq!(shadowed("text".to_owned(), 1).await, 5);
        let last = Some(Box::new(List { value: 2, next: None }));
        assert_eq!(walks(&List { value: 1, next: last }), 2);
    })
    .await;
    assert_eq!(captured.spans.len(), 7);
}
