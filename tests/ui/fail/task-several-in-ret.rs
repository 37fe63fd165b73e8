#[agentops::task(
    name = 42,
    ret(fields(hits = 3, agentops.hits = |size| *size, hits = |size, more| *size), Jsn, "Debug"),
    err(Dispaly, type = "Parse"),
    ok_if = true,
    on_cancel = eror,
)]
fn search(query: &str) -> Found {
    query.len()
}

type Found = usize;

fn main() {}
