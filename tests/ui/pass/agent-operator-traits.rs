//! Methods of the standard library's traits, called by operators, formatting, loops and await.
#![deny(warnings)]

use std::borrow::Borrow;
use std::fmt;
use std::future::Future;
use std::hash::{Hash, Hasher};
use std::ops::{Add, AddAssign, Deref, Index, IndexMut, Neg, Not};
use std::pin::Pin;
use std::str::FromStr;
use std::task::{Context, Poll};

#[derive(Clone, Copy, Debug)]
struct Number([u8; 2]);

macro_rules! implement {
    ($($trait:path { $(type $type:ident = $output:ty;)? fn $($method:tt)* })*) => {$(
        impl $trait for Number {
            $(type $type = $output;)?
            #[agentops::agent]
            fn $($method)*
        }
    )*};
}

implement! {
    Add { type Output = Self; fn add(self, other: Self) -> Self { Self([self[0] + other[0], self[1] + other[1]]) } }
    AddAssign<u8> { fn add_assign(&mut self, other: u8) { self.0[0] += other; } }
    Neg { type Output = i8; fn neg(self) -> i8 { -(self.0[0] as i8) } }
    Not { type Output = bool; fn not(self) -> Self::Output { self.0[0] == 0 } }
    Index<usize> { type Output = u8; fn index(&self, at: usize) -> &u8 { &self.0[at] } }
    IndexMut<usize> { fn index_mut(&mut self, at: usize) -> &mut Self::Output { &mut self.0[at] } }
    Deref { type Target = [u8]; fn deref(&self) -> &[u8] { &self.0 } }
    AsRef<[u8; 2]> { fn as_ref(&self) -> &[u8; 2] { &self.0 } }
    Borrow<[u8]> { fn borrow(&self) -> &[u8] { &self.0 } }
    PartialEq { fn eq(&self, other: &Self) -> bool { self.0 == other.0 } }
    Hash { fn hash<H: Hasher>(&self, state: &mut H) { self.0.hash(state) } }
    From<u8> { fn from(value: u8) -> Self { Self([value; 2]) } }
    TryFrom<u16> { type Error = std::num::TryFromIntError; fn try_from(value: u16) -> Result<Self, Self::Error> { Ok(Self([value.try_into()?, 0])) } }
    FromStr { type Err = std::num::ParseIntError; fn from_str(text: &str) -> Result<Self, Self::Err> { Ok(Self([text.parse()?; 2])) } }
    Default { fn default() -> Self { Self([7; 2]) } }
    fmt::Display { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}/{}", self.0[0], self.0[1]) } }
    Iterator { type Item = u8; fn next(&mut self) -> Option<u8> { self.0[0] = self.0[0].checked_sub(1)?; Some(self.0[0]) } }
    Future { type Output = u8; fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u8> {
        self.0[0] -= 1;
        cx.waker().wake_by_ref();
        if self.0[0] == 0 { Poll::Ready(self.0[1]) } else { Poll::Pending }
    } }
    Extend<u8> { fn extend<I: IntoIterator<Item = u8>>(&mut self, values: I) { for value in values { self.0[0] += value; } } }
    FromIterator<u8> { fn from_iter<I: IntoIterator<Item = u8>>(values: I) -> Self { let mut number = Self([0; 2]); number.extend(values); number } }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let mut number = Number::from(1) + "2".parse().unwrap();
        number += 1;
        number[1] += 1;
        assert_eq!((number[0], number[1], number.len()), (4, 4, 2));
        assert_eq!((-number, !number, number == Number([4, 4])), (-4, false, true));
        assert_eq!(number.as_ref(), Borrow::<[u8]>::borrow(&number));
        assert_eq!((number.to_string(), Number::default().0), ("4/4".to_owned(), [7, 7]));
        assert!(Number::try_from(300_u16).is_err() && "x".parse::<Number>().is_err());
        number.hash(&mut std::hash::DefaultHasher::new());
        assert_eq!(number.collect::<Number>().0, [6, 0]);
        assert_eq!(Number([3, 9]).await, 9);
    })
    .await;
    let count = |name: &str| captured.spans.iter().filter(|span| span.name == format!("invoke_agent {name}")).count();
    assert_eq!(["add", "next", "poll", "fmt", "hash", "extend"].map(count), [1, 5, 3, 1, 1, 1]);
    let refused = captured.spans.iter().filter(|span| span.status == "error").count();
    assert_eq!(refused, 2);
}
