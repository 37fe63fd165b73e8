struct Search;

#[agentops::tool(args(wrods))]
impl Search {
    fn find(&self, words: &[u8]) -> usize {
        words.len()
    }
}

fn main() {}
