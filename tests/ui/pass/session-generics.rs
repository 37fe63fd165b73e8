//! Type, lifetime and constant parameters, bounds and `where` clauses.
#![deny(warnings)]

use std::fmt::{Debug, Display};

#[agentops::session(fields(input = ?input, rest = rest.len(), later))]
fn generic<'a, T: Debug + Display, const N: usize>(input: &'a T, rest: [u8; N]) -> (&'a T, usize) {
    (input, rest.len())
}

#[agentops::session(id = value)]
fn bounded<T>(value: T) -> String
where
    T: Display + Clone,
{
    value.clone().to_string()
}

#[agentops::session]
async fn later<T, F>(value: T, change: F) -> Option<T>
where
    F: for<'x> Fn(&'x T) -> Option<&'x T>,
    T: Clone,
{
    change(&value).cloned()
}

struct Wrapper<T>(T);

impl<T: Display + ?Sized> Wrapper<Box<T>> {
    #[agentops::session]
    fn show<U: From<String>>(&self) -> U {
        U::from(self.0.to_string())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(generic(&1, [0, 0]), (&1, 2));
        assert_eq!(bounded(5), "5");
        assert_eq!(later("a", |text| Some(text)).await, Some("a"));
        let boxed: Box<dyn Display> = Box::new(3);
        assert_eq!(Wrapper(boxed).show::<String>(), "3");
    });
    let captured = captured.await;
    assert_eq!(
        captured.tree(),
        "session generic\nsession bounded\nsession later\nsession show\n"
    );
    assert_eq!(captured.span("generic").str("input"), Some("1"));
    assert_eq!(captured.span("generic").int("rest"), Some(2));
}
