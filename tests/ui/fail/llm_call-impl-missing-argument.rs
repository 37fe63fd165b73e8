struct Search;

#[agentops::llm_call(model = model)]
impl Search {
    fn query(&self, words: &str) -> usize {
        words.len()
    }

    fn rank(&self, model: &str) -> usize {
        model.len()
    }
}

fn main() {
    Search.query("words");
}
