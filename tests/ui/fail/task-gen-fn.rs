#[agentops::task]
gen fn numbers() -> u32 {
    yield 3;
}

fn main() {}
