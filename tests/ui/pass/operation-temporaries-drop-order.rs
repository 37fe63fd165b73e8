//! Temporaries of tails, conditions, scrutinees and `let` drop like a twin's.
#![deny(warnings)]

use std::cell::RefCell;

thread_local! {
    static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

pub struct Noisy(&'static str);

impl Noisy {
    fn length(&self) -> usize {
        self.0.len()
    }

    fn itself(&self) -> &Self {
        self
    }
}

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPPED.with_borrow_mut(|dropped| dropped.push(self.0));
    }
}

macro_rules! functions {
    ($($attribute:meta),*) => {
        use super::*;

        $(#[$attribute])*
        fn tail(argument: Noisy) -> usize {
            let local = Noisy("local");
            Noisy("temporary").length() + local.length() + argument.itself().length()
        }

        $(#[$attribute])*
        fn unit(argument: Noisy) {
            let _local = Noisy("local");
            drop_copy(Noisy("temporary").length() + argument.length())
        }

        $(#[$attribute])*
        fn conditions(argument: Noisy) -> usize {
            if Noisy("condition").length() == 0 {
                return 1;
            }
            if let 9 = Noisy("scrutinee").length() {
                drop(Noisy("inside"));
            } else {
                drop(Noisy("else"));
            }
            match Noisy("matched").itself() {
                Noisy("other") => 0,
                found => found.length() + argument.length(),
            }
        }

        $(#[$attribute])*
        fn extended(argument: Noisy) -> usize {
            let kept = &Noisy("kept");
            let _ = Noisy("dropped at once");
            let _bound = Noisy("bound").length();
            let Noisy(name @ "kept") = *kept else { return 0 };
            let _block = { Noisy("in a block").length() };
            name.len() + argument.length()
        }

        $(#[$attribute])*
        fn returned(argument: Noisy) -> Result<Noisy, Noisy> {
            let _local = Noisy("local");
            if Noisy("condition").length() > argument.length() {
                return Err(Noisy("error"));
            }
            Ok(argument)
        }

        $(#[$attribute])*
        fn looped(argument: Noisy) -> usize {
            let mut list = vec![Noisy("first"), argument];
            while let Some(last) = list.pop() {
                if last.itself().length() == 5 {
                    break;
                }
                drop(Noisy("pass"));
            }
            'found: {
                let _inner = Noisy("inner");
                if list.is_empty() {
                    break 'found Noisy("broken").length();
                }
                0
            }
        }

        $(#[$attribute])*
        #[track_caller]
        fn tracked(argument: Noisy) -> usize {
            let _local = Noisy("local");
            Noisy("temporary").length() + argument.length()
        }

        $(#[$attribute])*
        fn panics(argument: Noisy) -> usize {
            let _local = Noisy("local");
            let _pair = (Noisy("left"), Noisy("temporary").length());
            if argument.length() > 3 {
                std::panic::resume_unwind(Box::new(()));
            }
            1
        }

        pub fn seen() -> Vec<Vec<&'static str>> {
            let functions: [fn(Noisy); 8] = [
                |noisy| drop_copy(tail(noisy)),
                unit,
                |noisy| drop_copy(conditions(noisy)),
                |noisy| drop_copy(extended(noisy)),
                |noisy| drop(returned(noisy)),
                |noisy| drop_copy(looped(noisy)),
                |noisy| drop_copy(tracked(noisy)),
                |noisy| drop(std::panic::catch_unwind(|| panics(noisy))),
            ];
            functions
                .map(|function| {
                    function(Noisy("argument"));
                    DROPPED.take()
                })
                .to_vec()
        }
    };
}

fn drop_copy(_: usize) {}

mod plain {
    functions!();
}

mod annotated {
    functions!(agentops::operation);
}

mod leaf {
    functions!(agentops::operation(leaf));
}

mod twice {
    functions!(agentops::operation, agentops::task);
}

fn main() {
    let expected = plain::seen();
    assert_eq!([annotated::seen(), leaf::seen(), twice::seen()], [(); 3].map(|()| expected.clone()));
    let captured = agentops::testing::capture(|| {
        assert_eq!([annotated::seen(), leaf::seen(), twice::seen()], [(); 3].map(|()| expected.clone()));
    });
    assert_eq!(captured.spans.len(), 4 * 8);
}
