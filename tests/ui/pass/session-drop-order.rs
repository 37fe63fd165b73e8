//! Captured arguments, locals and temporaries are dropped in the order of a bare function.
#![deny(warnings)]

use std::cell::RefCell;

thread_local! {
    static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

struct Noisy(&'static str);

impl Noisy {
    fn touch(&self) {}
}

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPPED.with_borrow_mut(|dropped| dropped.push(self.0));
    }
}

fn dropped() -> Vec<&'static str> {
    DROPPED.take()
}

macro_rules! twice {
    ($($(#[$attribute:meta])* fn $name:ident ($($argument:pat_param),*) $body:block)*) => {
        mod bare {
            use super::Noisy;
            $(pub fn $name($($argument: Noisy),*) $body)*
        }

        mod annotated {
            use super::Noisy;
            $(
                #[agentops::session]
                $(#[$attribute])*
                pub fn $name($($argument: Noisy),*) $body
            )*
        }

        const PAIRS: &[(fn(Noisy, Noisy, Noisy), fn(Noisy, Noisy, Noisy))] =
            &[$((bare::$name, annotated::$name)),*];
    };
}

twice! {
    fn locals(a, _b, c) {
        let _local = Noisy("local");
        a.touch();
        c.touch();
    }
    fn unbound(_, b, _) {
        b.touch();
    }
    fn moved(a, b, c) {
        drop(b);
        let _kept = a;
        c.touch();
    }
    fn early(a, b, _c) {
        if std::hint::black_box(true) {
            let _moved = b;
            return;
        }
        a.touch();
    }
    #[track_caller]
    fn tracked(a, b, c) {
        a.touch();
        b.touch();
        c.touch();
    }
}

struct Owner(Noisy);

impl Owner {
    fn bare(self, first: Noisy, _: Noisy) {
        self.0.touch();
        first.touch();
    }

    #[agentops::session]
    fn annotated(self, first: Noisy, _: Noisy) {
        self.0.touch();
        first.touch();
    }
}

fn main() {
    for (bare, annotated) in PAIRS {
        bare(Noisy("a"), Noisy("b"), Noisy("c"));
        let expected = dropped();
        annotated(Noisy("a"), Noisy("b"), Noisy("c"));
        assert_eq!(dropped(), expected);
        let recorded = agentops::testing::capture(|| annotated(Noisy("a"), Noisy("b"), Noisy("c")));
        assert_eq!(recorded.spans.len(), 1);
        assert_eq!(dropped(), expected);
    }
    Owner(Noisy("self")).bare(Noisy("first"), Noisy("second"));
    let expected = dropped();
    Owner(Noisy("self")).annotated(Noisy("first"), Noisy("second"));
    assert_eq!(dropped(), expected);
}
