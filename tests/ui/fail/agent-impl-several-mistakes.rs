struct Search;

#[agentops::agent(nmae = "x", skip(wrods, token), "")]
impl Search {
    #[agentops(skip)]
    const HITS: u8 = 8;

    const fn query(&self, words: &str) -> usize {
        words.len()
    }

    #[agentops(skipped, words)]
    #[inline]
    fn rank(&self, hits: Vec<u8>) -> Vec<u8> {
        hits
    }

    #[agentops(skip)]
    const fn limit(&self) -> usize {
        10
    }
}

fn main() {
    Search.rank(vec![1]);
    assert_eq!(Search.query("words"), Search.limit());
}
