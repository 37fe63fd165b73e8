#[agentops::session]
async fn run(#[cfg(unix)] socket: UnixSocket, #[allow(unused_variables)] depth: usize) -> usize {
    0
}

#[agentops::session]
#[rstest]
async fn cases(#[case] input: &str, #[cfg(unix)] depth: usize) -> usize {
    input.len()
}
