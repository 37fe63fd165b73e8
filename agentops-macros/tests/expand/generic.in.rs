#[agentops::session(fields(input = ?input))]
fn run<'a, T: Debug + 'a, const N: usize>(input: &'a T, rest: [u8; N]) -> (&'a T, usize)
where
    T: Send,
{
    (input, rest.len())
}

#[agentops::session]
async fn later<T, E>(input: impl Display, value: Result<T, E>) -> Result<Vec<T>, E> {
    Ok(vec![value?])
}
