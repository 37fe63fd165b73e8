//! Lifetimes: explicit, elided, of higher rank, `impl Trait + '_`, `use<..>`.
#![deny(warnings)]

struct Document<'text> {
    text: &'text str,
}

impl<'text> Document<'text> {
    /// Lives as long as the text, not as long as the document.
    #[agentops::workflow]
    fn title(&self) -> &'text str {
        self.text.lines().next().unwrap_or_default()
    }

    #[agentops::workflow]
    async fn body(&self) -> &'text str {
        self.text.split_once('\n').map_or("", |(_, body)| body)
    }

    #[agentops::workflow]
    fn words(&self) -> impl Iterator<Item = &'text str> + use<'text> {
        self.text.split_whitespace()
    }

    #[agentops::workflow]
    fn lines(&self) -> impl Iterator<Item = &str> + '_ {
        self.text.lines()
    }

    #[agentops::workflow]
    fn boxed(&self) -> Box<dyn Iterator<Item = &'text str> + 'text> {
        Box::new(self.text.lines())
    }
}

#[agentops::workflow]
fn elided(text: &str, _: u8) -> Document<'_> {
    Document { text }
}

#[agentops::workflow]
fn higher_rank<F>(pick: F) -> usize
where
    F: for<'a> Fn(&'a str, &'a str) -> &'a str,
{
    let local = "local".to_owned();
    pick(&local, "static").len()
}

#[agentops::workflow]
async fn dyn_higher_rank(pick: &(dyn for<'a> Fn(&'a [u8]) -> Option<&'a u8> + Send + Sync)) -> u8 {
    *pick(&[1, 2]).unwrap_or(&0)
}

#[agentops::workflow]
fn two<'a, 'b, T: ?Sized>(left: &'a T, right: &'b T) -> (&'b T, &'a T)
where
    'a: 'b,
{
    (right, left)
}

#[agentops::workflow]
fn kept<'a, T>(value: &'a T, _other: &'a str) -> impl Fn() -> &'a T + use<'a, T> {
    move || value
}

#[agentops::workflow]
fn infers(list: &mut Vec<&'static str>) -> Option<&'static str> {
    list.pop()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let text = "one two\nthree".to_owned();
        let (title, body, words, boxed) = {
            let document = elided(&text, 0);
            assert_eq!(document.lines().count(), 2);
            (document.title(), document.body().await, document.words(), document.boxed())
        };
        assert_eq!((title, body, words.count(), boxed.count()), ("one two", "three", 3, 2));
        assert_eq!(higher_rank(|left, _| left), 5);
        assert_eq!(dyn_higher_rank(&|bytes| bytes.last()).await, 2);
        assert_eq!(two("a", "b"), ("b", "a"));
        assert_eq!(kept(&1, "")(), &1);
        assert_eq!(infers(&mut vec!["a"]), Some("a"));
    })
    .await;
    assert_eq!(captured.spans.len(), 11);
}
