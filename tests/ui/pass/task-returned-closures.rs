//! What a returned closure takes is inferred from the function's return type.

#[agentops::task]
fn borrows() -> impl Fn(&str) -> &str {
    |text| &text[1..]
}

#[agentops::task]
fn inferred(by: u8) -> impl Fn(&u8) -> u8 + Clone {
    move |value| *value + by
}

#[agentops::operation]
fn boxed() -> impl Fn(u32) -> Box<dyn Fn(u32) -> u32> {
    |outer| Box::new(move |inner| outer + inner)
}

#[agentops::tool]
fn in_result(good: bool) -> Result<impl FnOnce(&str) -> usize, String> {
    if !good {
        return Err("bad".to_owned());
    }
    Ok(|text: &str| text.len())
}

struct Counter(u8);

impl Counter {
    #[agentops::agent]
    fn counting(&mut self) -> impl FnMut(&u8) -> u8 + '_ {
        |by| {
            self.0 += by;
            self.0
        }
    }
}

fn main() {
    let captured = agentops::testing::capture(|| {
        assert_eq!(borrows()("ab"), "b");
        assert_eq!(inferred(2)(&3), 5);
        assert_eq!(boxed()(1)(2), 3);
        assert_eq!(in_result(true).map(|length| length("abc")), Ok(3));
        assert!(in_result(false).is_err());
        assert_eq!(Counter(4).counting()(&5), 9);
    });
    assert_eq!(captured.spans.len(), 6);
    // What is in a result is seen.
    let failed = captured.spans.iter().filter(|span| span.status == "error");
    assert_eq!(failed.count(), 1);
    let input = captured.span("inferred").str("agentops.entity.input");
    assert_eq!(input, Some(r#"{"by":2}"#));
}
