struct Chat;

#[agentops::session(id = chat)]
fn run(chat: &Chat) -> u32 {
    let _ = chat;
    3
}

fn main() {}
