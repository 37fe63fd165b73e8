//! Futures have the auto traits that a twin's have: no more, no less.
#![deny(warnings)]
#![allow(dead_code)]

use std::cell::{Cell, RefCell};
use std::marker::PhantomPinned;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::rc::Rc;
use std::sync::MutexGuard;

/// Which auto traits a type has: an inherent method where it has one wins over the trait's.
struct Of<T>(std::marker::PhantomData<T>);

macro_rules! asked {
    ($($trait:ident $method:ident $no:ident)*) => {
        $(
            impl<T: $trait> Of<T> {
                fn $method(&self) -> bool {
                    true
                }
            }

            trait $no {
                fn $method(&self) -> bool {
                    false
                }
            }

            impl<T> $no for Of<T> {}
        )*

        macro_rules! traits {
            ($future:expr) => {{
                fn of<T>(_: &T) -> Of<T> {
                    Of(std::marker::PhantomData)
                }
                match of(&$future) {
                    of => vec![$((stringify!($trait), of.$method())),*],
                }
            }};
        }
    };
}

asked! {
    Send is_send NoSend
    Sync is_sync NoSync
    Unpin is_unpin NoUnpin
    UnwindSafe is_unwind_safe NoUnwindSafe
    RefUnwindSafe is_ref_unwind_safe NoRefUnwindSafe
}

macro_rules! functions {
    ($attribute:meta) => {
        use super::*;

        #[$attribute]
        async fn plain(value: u8) -> u8 { std::future::ready(value).await }
        #[$attribute]
        async fn local(value: Rc<u8>) -> u8 { std::future::ready(()).await; *value }
        #[$attribute]
        async fn local_inside(value: u8) -> u8 {
            let inside = Rc::new(value);
            std::future::ready(()).await;
            *inside
        }
        #[$attribute]
        async fn local_between(value: u8) -> u8 {
            let copy = { let inside = Rc::new(value); *inside };
            std::future::ready(copy).await
        }
        #[$attribute]
        async fn cell(value: Cell<u8>) -> u8 { std::future::ready(()).await; value.get() }
        #[$attribute]
        async fn shared_cell(value: &RefCell<u8>) -> u8 { std::future::ready(()).await; *value.borrow() }
        #[$attribute]
        async fn unique(value: &mut u8) { std::future::ready(()).await; *value += 1; }
        #[$attribute]
        async fn guard(value: MutexGuard<'_, u8>) -> u8 { std::future::ready(()).await; *value }
        #[$attribute]
        async fn pinned(value: PhantomPinned) { std::future::ready(()).await; let _ = value; }
        #[$attribute]
        async fn pointer(value: *const u8) -> bool { std::future::ready(()).await; value.is_null() }
        #[$attribute]
        async fn object(value: Box<dyn Fn() -> u8>) -> u8 { std::future::ready(()).await; value() }
        #[$attribute]
        async fn sent_object(value: Box<dyn Fn() -> u8 + Send>) -> u8 { std::future::ready(()).await; value() }
        #[$attribute]
        async fn local_result(value: u8) -> Rc<u8> { std::future::ready(Rc::new(value)).await }
        #[$attribute]
        async fn never_waits(value: Rc<Cell<u8>>) -> u8 { value.get() }
        #[$attribute]
        async fn generic<T>(value: T) -> T { std::future::ready(()).await; value }

        pub fn seen() -> Vec<Vec<(&'static str, bool)>> {
            let mutex = std::sync::Mutex::new(1);
            vec![
                traits!(plain(1)),
                traits!(local(Rc::new(1))),
                traits!(local_inside(1)),
                traits!(local_between(1)),
                traits!(cell(Cell::new(1))),
                traits!(shared_cell(&RefCell::new(1))),
                traits!(unique(&mut 1)),
                traits!(guard(mutex.lock().unwrap())),
                traits!(pinned(PhantomPinned)),
                traits!(pointer(std::ptr::null())),
                traits!(object(Box::new(|| 1))),
                traits!(sent_object(Box::new(|| 1))),
                traits!(local_result(1)),
                traits!(never_waits(Rc::new(Cell::new(1)))),
                traits!(generic(1)),
                traits!(generic(Rc::new(1))),
                traits!(generic(Cell::new(1))),
            ]
        }
    };
}

mod plain {
    functions!(cfg(all()));
}

mod annotated {
    functions!(agentops::agent);
}

fn main() {
    let expected = plain::seen();
    assert_eq!(expected[0][0], ("Send", true));
    assert_eq!(expected[1][0], ("Send", false));
    assert_eq!(expected[0][2], ("Unpin", false));
    for (index, (found, expected)) in annotated::seen().iter().zip(&expected).enumerate() {
        assert_eq!(found, expected, "future {index}");
    }
}
