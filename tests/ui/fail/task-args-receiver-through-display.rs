struct Worker;

impl Worker {
    #[agentops::task(args(%self))]
    fn run(&self) {}
}

fn main() {
    Worker.run();
}
