struct Search;

#[agentops::tool(crate = agentops)]
impl Search {
    fn find(&self) -> String {
        String::new()
    }
}

fn main() {}
