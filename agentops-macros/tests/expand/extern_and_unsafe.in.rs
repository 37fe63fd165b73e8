#[agentops::session]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agent_run(input: *const u8, length: usize) -> i32 {
    unsafe { run(input, length) }
}

#[agentops::session]
async unsafe fn later(input: *const u8) -> u8 {
    unsafe { *input }
}
