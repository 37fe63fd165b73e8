#[agentops::session]
fn parse(input: &str) -> Result<u32, ParseIntError> {
    let input = input.trim();
    Ok(input.parse()?)
}

#[agentops::session]
fn lone_expression(lock: Mutex<Vec<u8>>) -> usize {
    lock.lock().unwrap().len()
}
