#[agentops::session]
fn numbers(end: u32) -> impl Iterator<Item = u32> + Clone {
    0..end
}

#[agentops::session]
async fn lines(file: &Path) -> Result<Vec<impl Display>, Error> {
    read(file).await
}
