//! `_` among the arguments: alone, nested, as the receiver's neighbour, dropped like in a twin.
#![deny(warnings)]

use std::cell::RefCell;

thread_local! {
    static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPPED.with_borrow_mut(|dropped| dropped.push(self.0));
    }
}

macro_rules! twins {
    ($($(#[$attribute:meta])* mod $name:ident;)*) => {$(
        mod $name {
            use super::Noisy;

            $(#[$attribute])*
            pub fn value(_: Noisy, _named: Noisy, (_, _): (Noisy, Noisy)) -> u8 {
                let _local = Noisy("local");
                1
            }

            $(#[$attribute])*
            pub fn unit(_: Noisy, _named: Noisy, (_, _): (Noisy, Noisy)) {
                let _local = Noisy("local");
            }

            $(#[$attribute])*
            pub async fn later(_: Noisy, _named: Noisy, (_, _): (Noisy, Noisy)) -> u8 {
                let _local = Noisy("local");
                tokio::task::yield_now().await;
                1
            }

            impl super::Tool {
                $(#[$attribute])*
                pub fn $name(&self, _: Noisy, _: Noisy) -> &u8 {
                    &self.0
                }
            }
        }
    )*};
}

twins! {
    mod plain;
    #[agentops::tool]
    mod annotated;
}

struct Tool(u8);

fn noisy() -> (Noisy, Noisy, (Noisy, Noisy)) {
    (Noisy("first"), Noisy("second"), (Noisy("third"), Noisy("fourth")))
}

macro_rules! drops {
    ($name:ident) => {{
        let (a, b, c) = noisy();
        assert_eq!($name::value(a, b, c), 1);
        let (a, b, c) = noisy();
        $name::unit(a, b, c);
        let (a, b, c) = noisy();
        assert_eq!($name::later(a, b, c).await, 1);
        let (a, b, c) = noisy();
        drop($name::later(a, b, c));
        assert_eq!(Tool(3).$name(Noisy("first"), Noisy("second")), &3);
        DROPPED.take()
    }};
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let expected = drops!(plain);
    assert_eq!(expected.len(), 5 + 5 + 5 + 4 + 2);
    assert_eq!(drops!(annotated), expected);
    let captured = agentops::testing::capture_async(async {
        assert_eq!(drops!(annotated), expected);
    })
    .await;
    assert_eq!(captured.spans.len(), 4);
}
