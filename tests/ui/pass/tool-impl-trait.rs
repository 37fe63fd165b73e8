//! Generic and unsafe implementations of traits, with constants, types, macros and `cfg`.
#![deny(warnings)]

use std::fmt::Debug;
use std::future::Future;

macro_rules! constants {
    ($($name:ident),*) => {
        $(const $name: usize = 3;)*
    };
}

unsafe trait Tool<const N: usize> {
    type Input<'a>;
    const FIRST: usize;
    const SECOND: usize;
    const THIRD: usize;

    fn call<'a>(&self, input: Self::Input<'a>) -> impl Iterator<Item = &'a str>;
    fn call_later(self, input: [u8; N]) -> impl Future<Output = Result<usize, String>> + Send;
    unsafe fn close(&mut self);
    fn here(&self) -> &'static std::panic::Location<'static>;
}

#[derive(Clone, Copy)]
struct Words<T, const N: usize> {
    separator: T,
}

#[agentops::tool]
#[allow(clippy::unused_self)]
unsafe impl<T, const N: usize> Tool<{ N }> for Words<T, { N }>
where
    T: Into<char> + Copy + Debug + Send,
    [u8; N]: Sized,
{
    type Input<'a> = &'a str;

    constants!(FIRST, SECOND);
    constants! { THIRD }

    fn call<'a>(&self, input: Self::Input<'a>) -> impl Iterator<Item = &'a str> {
        input.split(self.separator.into())
    }

    #[cfg(any())]
    async fn call_later(self, input: Missing) {}

    #[cfg(all())]
    async fn call_later(self, input: [u8; N]) -> Result<usize, String> {
        Err(format!("{} of {}", input.len(), Self::THIRD))?;
        Ok(0)
    }

    unsafe fn close(&mut self) {}

    #[track_caller]
    fn here(&self) -> &'static std::panic::Location<'static> {
        std::panic::Location::caller()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let mut words = Words::<char, 2> { separator: ' ' };
        assert_eq!(words.call("a b c").count(), 3);
        assert_eq!(words.here().line(), line!());
        // SAFETY: the method does nothing.
        unsafe { words.close() };
        let later = tokio::spawn(agentops::in_context(words.call_later([1, 2])));
        assert_eq!(later.await.unwrap(), Err("2 of 3".to_owned()));
        assert_eq!(Words::<char, 2>::FIRST, Words::<char, 2>::SECOND);
    });
    assert_eq!(
        captured.await.tree(),
        "tool execute_tool Words::call\ntool execute_tool Words::here\n\
         tool execute_tool Words::close\ntool execute_tool Words::call_later: error\n"
    );
}
