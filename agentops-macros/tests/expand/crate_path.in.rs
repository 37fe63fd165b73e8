#[agentops::session(crate = crate::reexport, id = id, baggage(user = id), fields(a = ?id, b = %id))]
fn sync(id: u32) -> u32 {
    id
}

#[agentops::llm_call(crate = crate::reexport, provider = "openai")]
async fn future(id: u32) -> u32 {
    id
}

#[agentops::session(crate = crate::reexport)]
async fn never() -> ! {
    loop {}
}

#[agentops::session(crate = crate::reexport)]
fn guard(_id: u32) {}
