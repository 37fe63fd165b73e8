//! What a method says of itself wins over its block, and marked methods are left out.
#![deny(warnings)]

struct Search;

#[agentops::tool(tags("block"))]
impl Search {
    fn query(&self) -> u8 {
        Self::limit() + self.open() + self.order()
    }

    #[agentops(skip)]
    const fn limit() -> u8 {
        1
    }

    /// Opens the index.
    #[must_use]
    #[agentops(skip)]
    fn open(&self) -> u8 {
        self.rank() + self.clean()
    }

    #[agentops::tool("rank")]
    #[inline]
    fn rank(&self) -> u8 {
        2
    }

    #[agentops::operation(leaf)]
    fn clean(&self) -> u8 {
        3
    }

    #[agentops(skip)]
    #[agentops::session]
    #[agentops::task]
    fn order(&self) -> u8 {
        4
    }
}

fn main() {
    let captured = agentops::testing::capture(|| assert_eq!(Search.query(), 10));
    assert_eq!(
        captured.tree(),
        "tool execute_tool Search::query\n  tool execute_tool rank\n  operation clean\n  \
         session order\n    task order\n"
    );
}
