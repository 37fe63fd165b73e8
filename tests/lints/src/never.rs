//! Functions that never return, and such that never end.

#[agentops::session]
pub fn fails(message: String, spare: u8) -> ! {
    panic!("{}", message)
}

#[agentops::session]
pub async fn fails_later(message: &str, spare: u8) -> ! {
    std::future::ready(()).await;
    panic!("{message}");
}

#[agentops::agent]
pub fn spins() -> ! {
    loop {}
}

#[agentops::agent]
pub fn spins_for_nothing(mut count: u8) {
    loop {
        count = count.wrapping_add(1);
    }
}

#[agentops::agent]
pub async fn spins_later() -> ! {
    loop {
        std::future::ready(()).await;
    }
}

#[agentops::tool]
pub fn calls_itself(value: u8) -> u8 {
    calls_itself(value)
}

#[agentops::tool]
pub fn calls_itself_unit(value: u8) {
    calls_itself_unit(value);
}

#[agentops::task]
pub fn diverges_within(value: u8) -> u8 {
    let number: u8 = fails(String::new(), value);
    number
}

#[agentops::task]
pub fn diverges_midway(value: u8) -> u8 {
    println!("{}", std::process::exit(1));
    value
}

#[agentops::workflow]
pub fn never_loops(list: &[u8]) -> u8 {
    for item in list {
        return *item;
    }
    unreachable!()
}
