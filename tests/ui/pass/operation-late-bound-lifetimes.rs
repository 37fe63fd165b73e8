//! Lifetimes stay late or early bound, and type parameters keep their order for turbofish.
#![deny(warnings)]

#[agentops::operation]
fn late<'a>(text: &'a str) -> &'a str {
    text
}

#[agentops::operation]
fn early<'a: 'a>(text: &'a str) -> &'a str {
    text
}

#[agentops::operation]
fn ordered<'a, T, const N: usize, U>(value: &'a T, list: [U; N]) -> (&'a T, Option<U>)
where
    T: ?Sized,
{
    (value, list.into_iter().next())
}

#[agentops::operation]
async fn later<'a, T: From<&'a str>>(text: &'a str) -> T {
    text.into()
}

struct Holder<'a, T>(&'a [T]);

impl<'a, T: PartialEq> Holder<'a, T> {
    #[agentops::operation]
    fn find<'b, U>(&'b self, wanted: &U) -> Option<&'a T>
    where
        T: PartialEq<U>,
    {
        self.0.iter().find(|item| *item == wanted)
    }

    #[agentops::operation]
    fn convert<U: From<T>>(&self) -> Vec<U>
    where
        T: Clone,
    {
        self.0.iter().cloned().map(U::from).collect()
    }
}

fn any_lifetime(function: impl for<'x> Fn(&'x str) -> &'x str) -> usize {
    let local = "local".to_owned();
    function(&local).len()
}

fn two_phases(list: &mut Vec<usize>) {
    list.push(length(list));
    let last = last(list);
    *last += 1;
}

#[agentops::operation]
fn length(list: &[usize]) -> usize {
    list.len()
}

#[agentops::operation]
fn last(list: &mut [usize]) -> &mut usize {
    list.last_mut().unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(any_lifetime(late), 5);
        assert_eq!(early::<'static>("static"), "static");
        assert_eq!(ordered::<str, 2, u8>("text", [1, 2]), ("text", Some(1)));
        assert_eq!(later::<String>("text").await, "text");
        let numbers = [1_u8, 2];
        let found = { Holder(&numbers).find::<u8>(&2) };
        assert_eq!(found, Some(&2));
        assert_eq!(Holder(&numbers).convert::<u16>(), [1, 2]);
        let mut list = vec![5];
        two_phases(&mut list);
        assert_eq!(list, [5, 2]);
    })
    .await;
    assert_eq!(captured.spans.len(), 8);
}
