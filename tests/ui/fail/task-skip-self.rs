struct Agent;

impl Agent {
    #[agentops::task(skip(self))]
    fn run(&self, query: &str) -> usize {
        query.len()
    }
}

fn main() {
    Agent.run("");
}
