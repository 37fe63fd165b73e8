struct Headers;

#[agentops::session(extract = headers)]
fn run(headers: &Headers) -> usize {
    std::mem::size_of_val(headers)
}

fn main() {
    run(&Headers);
}
