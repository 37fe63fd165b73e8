//! Every form of a field, and every type that is recorded as it is.
#![deny(warnings)]

use std::borrow::Cow;
use std::rc::Rc;

#[derive(Debug)]
struct Tier(u8);

#[agentops::session(fields(
    text = name,
    "with spaces" = 1,
    user.tier = ?tier,
    shown = %count + 1,
    none = missing,
    list = [1, 2],
    shared = Rc::new(count),
    cow = Cow::Borrowed(name),
    nested = Some(&Some(2_u8)),
    later,
))]
fn run(name: &str, tier: Tier, count: u64, missing: Option<bool>) -> u8 {
    let _ = (name, count, missing);
    agentops::record("later", "filled in");
    tier.0
}

fn main() {
    let captured = agentops::testing::capture(|| assert_eq!(run("gold", Tier(1), 2, None), 1));
    let span = captured.span("run");
    assert_eq!(span.str("text"), Some("gold"));
    assert_eq!(span.int("with spaces"), Some(1));
    assert_eq!(span.str("user.tier"), Some("Tier(1)"));
    assert_eq!(span.str("shown"), Some("3"));
    assert_eq!(span.get("none"), None);
    assert_eq!(span.get("list").unwrap().to_string(), "[1,2]");
    assert_eq!(span.int("shared"), Some(2));
    assert_eq!(span.str("cow"), Some("gold"));
    assert_eq!(span.int("nested"), Some(2));
    assert_eq!(span.str("later"), Some("filled in"));
}
