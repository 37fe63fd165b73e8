#[agentops::tool]
unsafe extern "C" fn log(level: i32, _rest: ...) {
    let _ = level;
}

fn main() {}
