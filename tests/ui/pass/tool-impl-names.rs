//! The names of the methods of a block, sync and async, with arguments that some lack.
#![deny(warnings)]

use std::pin::pin;
use std::task::{Context, Poll, Waker};

pub mod tools {
    #[derive(Debug)]
    pub struct Search<'a, T> {
        pub index: &'a [T],
    }

    #[agentops::tool(skip(token), fields(size = size_of::<T>()), tags("beta"))]
    impl<'a, T> Search<'a, T>
    where
        T: PartialEq,
    {
        pub const LIMIT: usize = { 10 };

        pub fn query(&self, word: &T, token: &str) -> Option<&'a T> {
            let _ = token;
            self.index.iter().find(|known| *known == word)
        }

        pub async fn count(&self) -> usize {
            std::future::ready(self.index.len()).await
        }

        pub fn r#type() -> &'static str {
            "search"
        }
    }
}

use tools::Search;

fn main() {
    let captured = agentops::testing::capture(|| {
        let search = Search { index: &[1, 2, 3] };
        assert_eq!(search.query(&2, "secret"), Some(&2));
        assert_eq!(Search::<u8>::r#type(), "search");
        let mut count = pin!(search.count());
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(count.as_mut().poll(&mut context), Poll::Ready(3));
        assert_eq!(Search::<u8>::LIMIT, 10);
    });
    assert_eq!(
        captured.tree(),
        "tool execute_tool Search::query\ntool execute_tool Search::type\ntool execute_tool Search::count\n"
    );
    let query = captured.span("execute_tool Search::query");
    assert_eq!(query.str("gen_ai.tool.name"), Some("Search::query"));
    assert_eq!(query.int("size"), Some(4));
    assert_eq!(query.str("code.function.name"), Some("query"));
}
