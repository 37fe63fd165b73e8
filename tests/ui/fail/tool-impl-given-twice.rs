struct Search;

#[agentops::tool]
#[agentops::tool]
impl Search {
    fn query(&self, words: &str) -> usize {
        words.len()
    }
}

fn main() {
    Search.query("words");
}
