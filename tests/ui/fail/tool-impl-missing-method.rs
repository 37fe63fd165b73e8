trait Tool {
    fn query(&self, words: &str) -> usize;
}

struct Search;

#[agentops::tool]
impl Tool for Search {}

fn main() {
    Search.query("words");
}
