//! `#[track_caller]` on generic functions, trait methods and function pointers, like a twin.
#![deny(warnings)]

use std::fmt::Debug;
use std::panic::Location;

type Place = &'static Location<'static>;

macro_rules! twins {
    ($($(#[$attribute:meta])* mod $name:ident;)*) => {$(
        mod $name {
            use super::{Debug, Location, Place};

            $(#[$attribute])*
            #[track_caller]
            pub fn generic<T: Debug>(value: T) -> (T, Place) {
                (value, Location::caller())
            }

            $(#[$attribute])*
            #[track_caller]
            pub fn result(good: bool) -> Result<Place, Place> {
                if !good {
                    Err(Location::caller())?;
                }
                Ok(inner())
            }

            $(#[$attribute])*
            #[track_caller]
            fn inner() -> Place {
                Location::caller()
            }

            pub trait Where {
                $(#[$attribute])*
                #[track_caller]
                fn place(&self) -> Place {
                    Location::caller()
                }
            }

            impl Where for u8 {}

            impl Where for u16 {
                $(#[$attribute])*
                #[track_caller]
                fn place(&self) -> Place {
                    Location::caller()
                }
            }

            $(#[$attribute])*
            pub fn untracked() -> Place {
                Location::caller()
            }
        }
    )*};
}

twins! {
    mod plain;
    #[agentops::tool]
    mod annotated;
}

/// Lines and columns, relative to the line it begins at.
macro_rules! places {
    ($name:ident) => {{
        use $name::Where;
        let start = line!();
        let object: &dyn Where = &1_u8;
        let pointer: fn(bool) -> Result<Place, Place> = $name::result;
        let places = [
            $name::generic("text").1,
            $name::result(true).unwrap(),
            $name::result(false).unwrap_err(),
            1_u8.place(),
            1_u16.place(),
        ];
        let relative = |place: Place| (place.file(), place.line().wrapping_sub(start), place.column());
        assert_eq!([true, false].map(|good| pointer(good).is_ok()), [true, false]);
        let _ = object.place();
        places.map(relative)
    }};
}

fn lines(places: [(&str, u32, u32); 5]) -> [(&str, u32); 5] {
    places.map(|(file, line, _)| (file, line))
}

fn main() {
    let plain = places!(plain);
    let annotated = places!(annotated);
    assert_eq!(lines(annotated), lines(plain));
    let captured = agentops::testing::capture(|| assert_eq!(lines(places!(annotated)), lines(plain)));
    assert_eq!(captured.spans.len(), 8 + 2);
    assert_eq!(annotated::untracked().line(), plain::untracked().line());
}
