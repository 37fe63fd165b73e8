//! Arguments of every type and pattern.

use std::fmt;
use std::rc::Rc;

use serde::Serialize;
use serde_json::json;

use super::{INPUT, Point, TOOL_INPUT, input, json as content};
use crate::{block_on, record_content};

#[derive(Debug)]
struct Shown {
    #[expect(dead_code, reason = "it is shown")]
    x: u8,
}

struct Bare;

#[test]
fn arguments_are_recorded_as_well_as_their_types_can_say() {
    #[agentops::task]
    fn run(point: Point, shown: Shown, bare: Bare, text: &str, none: Option<u8>) {}

    let spans = record_content(|| run(Point { x: 1, y: 2 }, Shown { x: 3 }, Bare, "é\"\n", None));
    assert_eq!(
        input(spans.spans.named("run")),
        json!({
            "point": {"x": 1, "y": 2},
            "shown": "Shown { x: 3 }",
            "bare": "<traces::content::arguments::Bare>",
            "text": "é\"\n",
            "none": null,
        })
    );
}

#[test]
fn what_serializes_and_shows_is_serialized() {
    #[derive(Debug, Serialize)]
    struct Both(u8);

    #[agentops::task]
    fn run(both: Both, text: String) {}

    let received = record_content(|| run(Both(1), "a".to_owned()));
    assert_eq!(
        input(received.spans.named("run")),
        json!({"both": 1, "text": "a"})
    );
}

#[test]
fn arguments_of_generic_types_are_recorded_by_their_bounds() {
    #[agentops::task]
    fn run<S: Serialize, D, T>(serializes: S, shows: D, any: T, opaque: impl Serialize)
    where
        D: fmt::Debug,
    {
    }

    let received = record_content(|| run("text", Some(1), 3_u8, [true]));
    assert_eq!(
        input(received.spans.named("run")),
        json!({"serializes": "text", "shows": "Some(1)", "any": "<u8>", "opaque": [true]})
    );
}

#[test]
fn arguments_are_seen_through_references() {
    #[agentops::task]
    fn run<T>(
        number: &u32,
        list: &mut Vec<u8>,
        slice: &[&str],
        dynamic: &dyn fmt::Debug,
        displayed: &dyn fmt::Display,
        nested: &&mut Option<Point>,
        boxed: Box<dyn fmt::Debug>,
        any: &mut T,
    ) {
        list.clear();
    }

    let received = record_content(|| {
        let nested = &mut Some(Point { x: 1, y: 2 });
        let list = &mut vec![1, 2];
        run(
            &7,
            list,
            &["a"],
            &(1, 2),
            &3,
            &nested,
            Box::new('x'),
            &mut 1_u8,
        );
        assert!(list.is_empty());
    });
    assert_eq!(
        input(received.spans.named("run")),
        json!({
            "number": 7,
            "list": [1, 2],
            "slice": ["a"],
            "dynamic": "(1, 2)",
            "displayed": "<&dyn core::fmt::Display>",
            "nested": {"x": 1, "y": 2},
            "boxed": "'x'",
            "any": "<&mut u8>",
        })
    );
}

#[test]
fn functions_as_arguments_are_named_by_their_type() {
    #[agentops::task]
    fn run(f: impl FnOnce() -> u8, pointer: fn() -> u8) -> u8 {
        f() + pointer()
    }

    let received = record_content(|| assert_eq!(run(|| 1, || 2), 3));
    let input = input(received.spans.named("run"));
    let closure = input["f"].as_str().unwrap();
    assert!(
        closure.starts_with("<traces::content::arguments::"),
        "{closure}"
    );
    // A pointer to a function has `Debug`: its address.
    assert!(
        input["pointer"].as_str().unwrap().starts_with("0x"),
        "{input}"
    );
}

#[test]
fn patterns_are_called_by_the_name_of_the_whole_or_numbered() {
    struct Wrapped(Point);

    #[agentops::task]
    fn run(
        (a, b): (u8, u8),
        Point { x, .. }: Point,
        _: u8,
        _unused: u8,
        [first, .., last]: [u8; 3],
        Wrapped(Point { y, .. }): Wrapped,
        &borrowed: &u8,
        mut count: u8,
        (): (),
    ) -> u8 {
        count += 1;
        a + b + x + first + last + y + borrowed + count
    }

    let point = Point { x: 3, y: 4 };
    let received =
        record_content(|| run((1, 2), point, 5, 6, [7, 8, 9], Wrapped(point), &10, 11, ()));
    assert_eq!(
        input(received.spans.named("run")),
        json!({
            "arg0": [1, 2],
            "arg1": {"x": 3, "y": 4},
            "_unused": 6,
            "arg4": [7, 8, 9],
            "arg5": "<traces::content::arguments::patterns_are_called_by_the_name_of_the_whole_or_numbered::Wrapped>",
            "borrowed": 10,
            "count": 11,
            "arg8": null,
        })
    );
}

#[test]
fn raw_names_are_recorded_without_their_mark() {
    #[agentops::tool]
    fn run(r#type: &str, r#match: u8) {}

    let received = record_content(|| run("a", 1));
    assert_eq!(
        content(received.spans.named("execute_tool run"), TOOL_INPUT),
        Some(json!({"type": "a", "match": 1}))
    );
}

#[test]
fn arguments_that_are_configured_away_are_not_recorded() {
    #[agentops::task]
    fn some(#[cfg(test)] kept: u8, #[cfg(not(test))] gone: Missing, last: u8) {}

    #[agentops::task]
    fn none(#[cfg(not(test))] gone: Missing) {}

    let received = record_content(|| {
        some(1, 2);
        none();
    });
    assert_eq!(
        input(received.spans.named("some")),
        json!({"kept": 1, "last": 2})
    );
    // It has none that could be recorded.
    assert_eq!(content(received.spans.named("none"), INPUT), None);
}

#[test]
fn function_without_arguments_records_none() {
    #[agentops::task]
    fn run() {}

    #[agentops::task]
    fn ignores(_: u8) {}

    let received = record_content(|| {
        run();
        ignores(1);
    });
    assert_eq!(received.spans.len(), 2);
    for span in received.spans.iter() {
        assert_eq!(span.str(INPUT), None, "{}", span.name());
    }
}

#[test]
fn self_is_never_recorded() {
    #[derive(Clone, Debug, Serialize)]
    struct Agent {
        key: &'static str,
    }

    impl Agent {
        #[agentops::task]
        fn by_ref(&self, n: u8) -> u8 {
            n
        }

        #[agentops::task]
        fn by_mut(&mut self, n: u8) {
            self.key = "changed";
        }

        #[agentops::task]
        fn by_value(mut self, n: u8) -> usize {
            self.key = "changed";
            self.key.len()
        }

        #[agentops::task]
        fn by_rc(self: Rc<Self>, n: u8) -> usize {
            self.key.len()
        }

        #[agentops::task]
        async fn by_async_ref(&self, n: u8) -> usize {
            self.key.len()
        }
    }

    let received = record_content(|| {
        let mut agent = Agent { key: "hidden" };
        agent.by_ref(1);
        agent.by_mut(1);
        agent.clone().by_value(1);
        Rc::new(agent.clone()).by_rc(1);
        block_on(agent.by_async_ref(1));
    });
    assert_eq!(received.spans.len(), 5);
    for span in received.spans.iter() {
        assert_eq!(input(span), json!({"n": 1}), "{}", span.name());
        assert!(!format!("{:?}", span.proto).contains("hidden"));
    }
}

#[test]
fn arguments_are_recorded_as_they_were_when_the_call_began() {
    #[agentops::task]
    fn changes(mut list: Vec<u8>, by_ref: &mut Vec<u8>) -> Vec<u8> {
        list.push(2);
        by_ref.push(3);
        list
    }

    #[agentops::task]
    async fn moves(list: Vec<u8>) -> usize {
        let task = async move { drop(list) };
        tokio::task::yield_now().await;
        task.await;
        0
    }

    let received = record_content(|| {
        changes(vec![1], &mut vec![2]);
        block_on(moves(vec![1]));
    });
    assert_eq!(
        input(received.spans.named("changes")),
        json!({"list": [1], "by_ref": [2]})
    );
    assert_eq!(input(received.spans.named("moves")), json!({"list": [1]}));
}

#[test]
fn names_of_the_expansion_do_not_hide_arguments() {
    #[agentops::task]
    fn run(writer: u8, argument: u8, value: u8, span: u8, arguments: u8, draft: u8) -> u8 {
        writer + argument + value + span + arguments + draft
    }

    #[expect(
        non_snake_case,
        reason = "names that could be mistaken for the runtime's"
    )]
    #[agentops::task]
    fn traits(Argument: u8, Returned: u8, Kind: u8) -> u8 {
        Argument + Returned + Kind
    }

    let received = record_content(|| {
        assert_eq!(run(1, 2, 3, 4, 5, 6), 21);
        assert_eq!(traits(1, 2, 3), 6);
    });
    assert_eq!(
        input(received.spans.named("run")),
        json!({"writer": 1, "argument": 2, "value": 3, "span": 4, "arguments": 5, "draft": 6})
    );
    assert_eq!(
        input(received.spans.named("traits")),
        json!({"Argument": 1, "Returned": 2, "Kind": 3})
    );
}

#[test]
fn argument_whose_debug_calls_an_annotated_function_is_recorded() {
    struct Curious;

    impl fmt::Debug for Curious {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(look_up(1))
        }
    }

    #[agentops::task]
    fn look_up(_key: u8) -> &'static str {
        "found"
    }

    #[agentops::task]
    fn run(curious: Curious) -> Curious {
        curious
    }

    #[agentops::session]
    fn outer() {
        run(Curious);
    }

    let received = record_content(outer);
    let (outer, run) = (received.spans.named("outer"), received.spans.named("run"));
    assert_eq!(input(run), json!({"curious": "found"}));
    assert_eq!(super::output(run), json!("found"));
    let looked_up = received.spans.all_named("look_up");
    assert_eq!(
        looked_up.len(),
        2,
        "once for the argument, once for the result"
    );
    for span in looked_up {
        assert!(span.is_child_of(outer), "the call has not begun or is over");
    }
}
