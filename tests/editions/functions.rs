//! Functions whose meaning depends on the edition, each plain and annotated.

use std::cell::RefCell;
use std::fmt::Display;
use std::future::Future;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use agentops::testing::capture;

thread_local! {
    static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Notes its name when it is dropped.
pub struct Noisy(&'static str);

impl Noisy {
    fn first(&self) -> Option<char> {
        self.0.chars().next()
    }
}

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPPED.with(|dropped| dropped.borrow_mut().push(self.0));
    }
}

pub struct Pair {
    left: Noisy,
    right: Noisy,
}

fn pair() -> Pair {
    let (left, right) = (Noisy("left"), Noisy("right"));
    Pair { left, right }
}

macro_rules! functions {
    ($attribute:meta) => {
        use super::*;

        /// Temporaries of the tail are dropped before or after the locals.
        #[$attribute]
        pub fn tail(argument: Noisy) -> Option<char> {
            let _local = Noisy("local");
            let _ = &argument;
            Noisy("temporary").first()
        }

        #[$attribute]
        pub fn tail_of_unit(argument: Noisy, list: &mut Vec<char>) {
            let _local = Noisy("local");
            let _ = &argument;
            list.extend(Noisy("temporary").first())
        }

        #[$attribute]
        #[track_caller]
        pub fn tail_of_tracked(argument: Noisy) -> Option<char> {
            let _local = Noisy("local");
            let _ = &argument;
            Noisy("temporary").first()
        }

        #[$attribute]
        pub async fn tail_later(argument: Noisy) -> Option<char> {
            let _local = Noisy("local");
            let _ = &argument;
            std::future::ready(()).await;
            Noisy("temporary").first()
        }

        /// The value of the condition is dropped before or after the `else`.
        #[$attribute]
        pub fn if_let(_argument: Noisy) -> usize {
            if let Some('x') = Noisy("condition").first() {
                0
            } else {
                drop(Noisy("else"));
                DROPPED.with(|dropped| dropped.borrow().len())
            }
        }

        /// A closure captures all of a value, or only what it uses.
        #[$attribute]
        pub fn captures(argument: Pair) -> Option<char> {
            let closure = move || {
                let _kept = &argument.left;
                argument.left.first()
            };
            let found = closure();
            drop(closure);
            drop(Noisy("after the closure"));
            found
        }

        #[$attribute]
        pub fn moves_a_part(argument: Pair, _other: Noisy) -> Noisy {
            let _local = Noisy("local");
            argument.right
        }

        #[$attribute]
        pub async fn moves_a_part_later(argument: Pair, _: Noisy) -> Noisy {
            let _local = Noisy("local");
            std::future::ready(()).await;
            argument.left
        }

        #[$attribute]
        pub fn takes_apart(Pair { left, .. }: Pair, _: Noisy) -> Option<char> {
            let _local = Noisy("local");
            left.first()
        }

        /// Whether the array is borrowed or moved.
        #[$attribute]
        #[allow(array_into_iter)]
        pub fn into_iter(numbers: [u16; 3]) -> usize {
            numbers.into_iter().map(|number| std::mem::size_of_val(&number)).sum()
        }

        /// Whether the braces are formatted.
        #[$attribute]
        #[allow(non_fmt_panics, unused_variables)]
        pub fn panics(value: u8) -> u8 {
            panic!("{value}")
        }

        #[$attribute]
        pub fn locked(list: &Mutex<Vec<u8>>) -> usize {
            match list.lock().unwrap().len() {
                0 => list.try_lock().map_or(100, |list| list.len()),
                length => length,
            }
        }

        #[$attribute]
        pub fn boxed<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = usize> + 'a>> {
            let _local = Noisy("local");
            Box::pin(async move { text.len() })
        }

        #[$attribute]
        pub fn future(length: usize) -> impl Future<Output = usize> {
            let local = Noisy("local");
            async move { local.first().map_or(0, |_| length) }
        }

        #[$attribute]
        pub fn result(text: &str) -> Result<u8, Box<dyn std::error::Error>> {
            if text.is_empty() {
                return Err("empty".into());
            }
            Ok(text.parse()?)
        }

        #[$attribute]
        pub fn coerced(add: u8) -> Box<dyn Fn(u8) -> u8> {
            Box::new(move |value| value + add)
        }

        #[$attribute]
        pub fn never(code: u8) -> ! {
            std::panic::panic_any(code)
        }

        #[$attribute]
        pub fn opaque<'a>(text: &'a str) -> impl Display + 'a {
            text.trim()
        }

        #[$attribute]
        pub fn raw(r#gen: u8, r#try: u8, r#dyn: u8, r#async: u8) -> u8 {
            r#gen + r#try + r#dyn + r#async
        }

        pub struct Agent(pub u8);

        impl Agent {
            #[$attribute]
            pub fn method(self: Box<Self>, mut by: u8) -> Self {
                by += self.0;
                Agent(by)
            }

            #[$attribute]
            pub async fn later(&mut self, by: u8) -> &mut u8 {
                self.0 += by;
                &mut self.0
            }
        }

        /// All that they do, in words.
        pub fn seen() -> Vec<String> {
            let mut seen = Vec::new();
            let mut see = |value: String| seen.push(format!("{} {:?}", value, DROPPED.with(|dropped| dropped.take())));
            see(format!("{:?}", tail(Noisy("argument"))));
            let mut list = Vec::new();
            tail_of_unit(Noisy("argument"), &mut list);
            see(format!("{:?}", list));
            see(format!("{:?}", tail_of_tracked(Noisy("argument"))));
            see(format!("{:?}", run(tail_later(Noisy("argument")))));
            see(format!("{:?}", if_let(Noisy("argument"))));
            see(format!("{:?}", captures(pair())));
            drop(moves_a_part(pair(), Noisy("other")));
            see("moved".to_owned());
            drop(run(moves_a_part_later(pair(), Noisy("other"))));
            see("moved later".to_owned());
            drop(moves_a_part_later(pair(), Noisy("other")));
            see("not polled".to_owned());
            see(format!("{:?}", takes_apart(pair(), Noisy("other"))));
            see(format!("{:?}", into_iter([1, 2, 3])));
            see(message(|| {
                panics(3);
            }));
            see(format!("{:?}", locked(&Mutex::default())));
            see(format!("{:?}", run(boxed("text"))));
            see(format!("{:?}", run(future(3))));
            drop(future(3));
            see("not polled".to_owned());
            see(format!("{:?} {:?}", result("1").ok(), result("").map_err(|error| error.to_string())));
            see(format!("{:?} {}", coerced(1)(2), opaque(" text ")));
            see(message(|| never(3)));
            see(format!("{:?}", raw(1, 2, 3, 4)));
            let mut agent = Box::new(Agent(1)).method(2);
            see(format!("{:?}", run(agent.later(3))));
            seen
        }
    };
}

pub mod plain {
    functions!(cfg(all()));
}

pub mod session {
    functions!(agentops::session);
}

pub mod tool {
    functions!(agentops::tool);
}

pub mod llm_call {
    functions!(agentops::llm_call);
}

/// What a panic says.
fn message(panics: impl FnOnce()) -> String {
    std::panic::set_hook(Box::new(|_| {}));
    let panic = catch_unwind(AssertUnwindSafe(panics)).unwrap_err();
    drop(std::panic::take_hook());
    if let Some(code) = panic.downcast_ref::<u8>() {
        return format!("code {}", code);
    }
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap()
}

/// Polls a future that never waits.
pub fn run<F: Future>(future: F) -> F::Output {
    match Box::pin(future).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

pub fn main() {
    let expected = plain::seen();
    for annotated in [session::seen, tool::seen, llm_call::seen].iter() {
        assert_eq!(annotated(), expected);
        let captured = capture(|| assert_eq!(annotated(), expected));
        assert_eq!(captured.spans.len(), 23);
    }
    println!("{}", expected.join("\n"));
}
