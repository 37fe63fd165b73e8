#[agentops::session(id = id)]
fn run(
    Request { id, mut model }: Request,
    (a, _): (u32, u32),
    _: String,
    _unused: Guard,
    ref name: String,
    whole @ [first, ..]: [u8; 3],
    mut count: u32,
) -> u32 {
    count += a;
    count
}

#[agentops::session]
async fn later(Request { id, .. }: Request, _: String) -> u32 {
    id
}
