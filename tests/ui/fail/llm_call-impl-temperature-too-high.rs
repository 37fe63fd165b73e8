struct Search;

#[agentops::llm_call(temperature = 2.5)]
impl Search {
    fn find(&self) -> String {
        String::new()
    }
}

fn main() {}
