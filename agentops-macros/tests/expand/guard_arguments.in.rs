impl Agent {
    #[agentops::task]
    fn add(mut self, mut list: Mutex<Vec<u32>>, _: String, (left, right): (u32, u32)) {
        list.lock().unwrap().push(left + right)
    }

    #[agentops::task]
    #[track_caller]
    fn checked(&mut self, index: usize) -> &mut u32 {
        let place = Location::caller();
        &mut self.list[index]
    }

    #[agentops::task]
    fn forever(&self, queue: Queue) -> ! {
        loop {
            queue.next();
        }
    }
}
