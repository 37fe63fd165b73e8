struct Search;

#[agentops::agent(skip(token))]
impl Search {
    fn query(&self, _: &str) {}
}

fn main() {
    Search.query("words");
}
