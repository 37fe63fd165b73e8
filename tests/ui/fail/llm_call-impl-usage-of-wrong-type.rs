struct Search;

#[agentops::llm_call(usage = |text| text.len())]
impl Search {
    fn find(&self) -> String {
        String::new()
    }
}

fn main() {}
