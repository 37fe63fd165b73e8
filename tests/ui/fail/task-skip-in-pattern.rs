struct Request {
    id: u32,
    body: String,
}

#[agentops::task(skip(bdy))]
async fn run(Request { id, body }: Request) -> String {
    format!("{id}{body}")
}

fn main() {}
