#[agentops::workflow("a", "b", version = 2 root, follows_from = 3, content = 0, @, err_if = 1)]
async fn run() -> Result<u8, u8> {
    Ok(3)
}

fn main() {}
