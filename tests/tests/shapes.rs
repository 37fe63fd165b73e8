//! Annotated functions behave like plain ones: types, drops, panics, threads.

#![allow(
    clippy::needless_pass_by_value,
    reason = "what becomes of values that a function is given is what is tested"
)]

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::rc::Rc;

use agentops::testing::capture;

/// Notes its name when it is dropped.
struct Noisy(&'static str, Log);

type Log = Rc<RefCell<Vec<&'static str>>>;

impl Drop for Noisy {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

impl Noisy {
    fn value(&self) -> usize {
        self.0.len()
    }
}

/// The same function twice: without and with the attribute.
macro_rules! both {
    ($($function:tt)*) => {
        mod plain {
            use super::*;

            $($function)*
        }

        mod annotated {
            use super::*;

            #[agentops::session]
            $($function)*
        }
    };
}

/// Calls both with five noisy values and compares in which order these are dropped.
macro_rules! assert_same_drops {
    ($function:ident) => {{
        let dropped = |function: fn([Noisy; 5]) -> usize| {
            let log = Log::default();
            let noisy = |name| Noisy(name, Rc::clone(&log));
            let arguments = ["a", "b", "c", "d", "e"].map(noisy);
            let outcome = quietly(|| function(arguments)).ok();
            (outcome, log.take())
        };
        let plain = dropped(|[a, b, c, d, e]| plain::$function(a, b, (c, d), e));
        let captured = capture(|| {
            let annotated = dropped(|[a, b, c, d, e]| annotated::$function(a, b, (c, d), e));
            assert_eq!(annotated, plain);
        });
        assert_eq!(captured.spans.len(), 1);
        plain.1
    }};
}

/// The panic of `f`, without a word on stderr.
fn quietly<R>(f: impl FnOnce() -> R) -> Result<R, Box<dyn Any + Send>> {
    thread_local! {
        static IS_QUIET: Cell<bool> = const { Cell::new(false) };
    }
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_QUIET.get() {
                loud(info);
            }
        }));
    });
    IS_QUIET.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(f));
    IS_QUIET.set(false);
    result
}

mod arguments_that_are_returned_past {
    use super::*;

    both! {
        pub(super) fn run(a: Noisy, _: Noisy, (_c, mut d): (Noisy, Noisy), _e: Noisy) -> usize {
            let _local = Noisy("local", Rc::clone(&a.1));
            d.0 = "changed";
            if a.value() == 1 {
                return d.value();
            }
            0
        }
    }

    #[test]
    fn drop_in_the_order_of_the_plain_function() {
        let dropped = assert_same_drops!(run);
        assert_eq!(dropped.first(), Some(&"local"));
        assert_eq!(dropped.len(), 6);
    }
}

mod arguments_that_a_panic_leaves {
    use super::*;

    both! {
        pub(super) fn run(a: Noisy, mut b: Noisy, (_, d): (Noisy, Noisy), e: Noisy) -> usize {
            b.0 = "changed";
            drop(e);
            assert!(a.value() > d.value() + b.value(), "the body gives up");
            a.value()
        }
    }

    #[test]
    fn drop_in_the_order_of_the_plain_function() {
        let dropped = assert_same_drops!(run);
        assert_eq!(dropped.first(), Some(&"e"));
    }
}

mod temporaries_of_the_tail {
    use super::*;

    both! {
        pub(super) fn run(a: Noisy, b: Noisy, _: (Noisy, Noisy), e: Noisy) -> usize {
            let _local = Noisy("local", Rc::clone(&b.1));
            drop(e);
            Noisy("tail", Rc::clone(&a.1)).value()
        }
    }

    #[test]
    fn drop_in_the_order_of_the_plain_function() {
        let dropped = assert_same_drops!(run);
        assert_eq!(dropped[..3], ["e", "tail", "local"]);
    }
}

#[agentops::session]
fn double(value: u32) -> u32 {
    value * 2
}

#[agentops::session]
fn trimmed(text: &str) -> &str {
    text.trim()
}

#[test]
fn captures_that_begin_while_others_end_see_everything() {
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for value in 0..5_000 {
                    let captured = capture(|| assert_eq!(double(value), value * 2));
                    assert_eq!(captured.tree(), "session double\n");
                }
            });
        }
    });
}

#[test]
fn functions_are_values_of_the_plain_type() {
    let pointers: [fn(u32) -> u32; 2] = [double, |value| value];
    let trim: for<'a> fn(&'a str) -> &'a str = trimmed;
    assert_eq!(size_of_val(&double), 0);
    let captured = capture(|| {
        assert_eq!(pointers.map(|function| function(3)), [6, 3]);
        assert_eq!([1, 2].map(double), [2, 4]);
        assert_eq!(trim(" a "), "a");
    });
    assert_eq!(
        captured.tree(),
        "session double\nsession double\nsession double\nsession trimmed\n"
    );
}

#[agentops::session]
fn fails_with(payload: u32) -> u32 {
    let _nested = Ends;
    if payload > 0 {
        panic::panic_any(payload);
    }
    payload
}

/// Runs an annotated function while a panic unwinds.
struct Ends;

impl Drop for Ends {
    fn drop(&mut self) {
        double(1);
    }
}

#[test]
fn panic_goes_on_with_its_payload_and_ends_the_span() {
    let captured = capture(|| {
        let payload = quietly(|| fails_with(7)).unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&7_u32));
        assert_eq!(fails_with(0), 0);
    });
    // A span that begins and ends while a panic unwinds has not panicked itself.
    assert_eq!(
        captured.tree(),
        "session fails_with: panicked\n  session double\nsession fails_with\n  session double\n"
    );
}

#[agentops::session(id = Loud, fields(shown = %Loud, plain = 1))]
fn loud() -> u32 {
    3
}

/// Panics when it is shown.
struct Loud;

impl std::fmt::Display for Loud {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("a value that cannot be shown")
    }
}

#[test]
fn a_value_that_panics_when_shown_does_not_fail_the_function() {
    let captured = capture(|| assert_eq!(quietly(loud).ok(), Some(3)));
    assert_eq!(captured.span("loud").int("plain"), Some(1));
}

#[agentops::session]
#[agentops::llm_call(model = "gpt-4o", fields(size = list.len()))]
fn both_attributes(mut list: Vec<u32>) -> Result<Vec<u32>, String> {
    list.push(double(1));
    Ok(list)
}

#[test]
fn the_upper_attribute_holds_the_lower_one() {
    let captured = capture(|| assert_eq!(both_attributes(vec![]), Ok(vec![2])));
    assert_eq!(
        captured.tree(),
        "session both_attributes\n  llm_call chat gpt-4o\n    session double\n"
    );
    let id = captured.span("chat gpt-4o").str("session.id");
    assert!(id.is_some(), "the call belongs to the session");
}

thread_local! {
    static AT_END: AtEnd = const { AtEnd };
}

/// Runs an annotated function when its thread is at its end.
struct AtEnd;

impl Drop for AtEnd {
    fn drop(&mut self) {
        assert_eq!(double(2), 4);
    }
}

#[test]
fn destructors_of_thread_locals_may_call_annotated_functions() {
    let ended = |first: fn(), second: fn()| {
        let thread = || {
            let captured = capture(|| {
                first();
                second();
            });
            assert_eq!(captured.tree(), "session double\n");
        };
        std::thread::scope(|scope| scope.spawn(thread).join()).is_ok()
    };
    let touch = || AT_END.with(|_| ());
    let record = || assert_eq!(double(1), 2);
    // Something records in this process as long as this capture lasts.
    let captured = capture(|| {
        assert!(ended(touch, record), "registered before the context");
        assert!(ended(record, touch), "registered after the context");
    });
    assert_eq!(captured.tree(), "");
}
