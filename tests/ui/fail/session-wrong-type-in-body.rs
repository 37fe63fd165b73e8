#[agentops::session]
async fn run(id: u32) -> String {
    id
}

fn main() {}
