#[agentops::session]
fn serve(queue: Queue) -> ! {
    loop {
        queue.next();
    }
}
