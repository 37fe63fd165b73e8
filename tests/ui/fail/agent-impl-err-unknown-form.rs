struct Search;

#[agentops::agent(err(Json))]
impl Search {
    fn find(&self) -> Result<u8, u8> {
        Ok(3)
    }
}

fn main() {}
