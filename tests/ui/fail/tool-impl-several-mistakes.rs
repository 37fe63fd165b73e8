struct Search;

#[agentops::tool(
    type = functon,
    ret(Jsn),
    args(query, query),
    err(Frobnicate),
    metrics = 5,
    model = "gpt-4o",
)]
impl Search {
    fn find(&self, query: &str) -> Result<usize, std::fmt::Error> {
        Ok(query.len())
    }

    #[agentops(skip = 3)]
    fn help(&self) {}
}

fn main() {}
