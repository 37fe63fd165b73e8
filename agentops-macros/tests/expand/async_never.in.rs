#[agentops::session]
async fn serve(queue: Queue) -> ! {
    loop {
        queue.next().await;
    }
}
