macro_rules! query {
    () => {
        fn query(&self, words: &str) -> usize {
            words.len()
        }
    };
}

struct Search;

#[agentops::llm_call]
impl Search {
    #[agentops(skip)]
    query! {}
}

fn main() {
    Search.query("words");
}
