struct Search;

#[agentops::agent(ret(Debug))]
impl Search {
    fn find(&self) -> Search {
        Search
    }
}

fn main() {}
