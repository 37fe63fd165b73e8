struct Search;

#[agentops::tool(leaf)]
impl Search {
    fn find(&self) -> String {
        String::new()
    }
}

fn main() {}
