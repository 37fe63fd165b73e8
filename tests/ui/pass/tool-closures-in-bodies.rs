//! Closures and async blocks of a body have a `return` and a `?` of their own.
#![deny(warnings)]

#[agentops::tool]
fn sync(list: &[u8]) -> Option<u8> {
    let even = |value: u8| {
        if value % 2 == 0 {
            return true;
        }
        false
    };
    let parsed = |text: &str| -> Result<u8, std::num::ParseIntError> {
        let number: u8 = text.parse()?;
        Ok(number + 1)
    };
    let last = || Some(*list.last()?);
    let found = list.iter().copied().find(|&value| even(value))?;
    if found == 4 {
        return parsed("41").ok();
    }
    last()
}

#[agentops::tool]
async fn later(text: &str, limit: u8) -> Result<u8, String> {
    let number = async {
        let number: u8 = text.parse().map_err(|_| "no number")?;
        if number > limit {
            return Err("over the limit");
        }
        Ok(number)
    };
    let doubled = async move |value: u8| {
        if value == 0 {
            return None;
        }
        Some(value * 2)
    };
    let number = number.await?;
    match doubled(number).await {
        Some(number) => Ok(number),
        None => return Err("zero".to_owned()),
    }
}

#[agentops::tool]
fn unit(list: &mut Vec<u8>) {
    let mut push = |value| {
        if value == 0 {
            return;
        }
        list.push(value);
    };
    push(0);
    push(1);
    (0..3).for_each(|value| {
        if value < 2 {
            return;
        }
        list.push(value);
    });
}

#[agentops::tool]
fn moved(text: String, mut count: u8) -> impl FnMut() -> Option<(u8, usize)> {
    let mut shorter = move || {
        count = count.checked_sub(1)?;
        Some(count)
    };
    move || {
        let Some(count) = shorter() else { return None };
        Some((count, text.len()))
    }
}

#[agentops::tool]
fn borrows_arguments(text: &str, list: Vec<u8>, mut sum: u8) -> u8 {
    let mut add = |value: &u8| sum += value;
    list.iter().for_each(&mut add);
    add(&(text.len() as u8));
    std::thread::scope(|scope| {
        scope.spawn(|| sum += list[0]);
    });
    sum
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(sync(&[1, 2, 3]), Some(3));
        assert_eq!(sync(&[4]), Some(42));
        assert_eq!(sync(&[1]), None);
        assert_eq!(later("3", 3).await, Ok(6));
        assert_eq!(later("4", 3).await, Err("over the limit".to_owned()));
        assert_eq!(later("0", 3).await, Err("zero".to_owned()));
        let mut list = vec![];
        unit(&mut list);
        assert_eq!(list, [1, 2]);
        let mut call = moved("text".to_owned(), 1);
        assert_eq!((call(), call()), (Some((0, 4)), None));
        assert_eq!(borrows_arguments("four", vec![1, 2], 3), 11);
    })
    .await;
    let failed = captured.spans.iter().filter(|span| span.status == "error").count();
    assert_eq!((captured.spans.len(), failed), (9, 2));
}
