struct Search;

#[agentops::tool(ret(|found| *found))]
impl Search {
    fn count(&self) -> usize {
        1
    }

    #[track_caller]
    fn place(&self) -> usize {
        2
    }

    #[track_caller]
    fn other(&self) -> usize {
        3
    }
}

fn main() {}
