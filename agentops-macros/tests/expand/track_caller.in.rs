#[agentops::session]
#[track_caller]
fn checked(index: usize) -> u32 {
    let place = std::panic::Location::caller();
    lookup(index, place)
}
