//! Arenas go that nobody will ever adopt, and no others.
#![cfg(all(target_os = "linux", not(agentops_plain), not(miri)))]
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use agentops_spool::arena::{Arena, Header, HomeNote};
use agentops_spool::directory::hex;
use agentops_spool::queue::disk::MAX_AGE;
use agentops_spool::sweep::{home_note, sweep};

const MINUTES: Duration = Duration::from_mins(2);

/// Creates an arena in `place` that is noted in the directory `home`.
fn arena(place: &Path, n: u8, home: &HomeNote) -> (Arc<Arena>, PathBuf) {
    let header = Header {
        id: [n; 16],
        boot_id: [0; 16],
        destination: 0,
        flags: 0,
    };
    let path = place.join(format!("agentops-{}.arena", hex(&header.id)));
    (Arena::create_in(&path, 0, &header, home).unwrap(), path)
}

/// Makes its last sign of life so old.
fn age(path: &Path, age: Duration) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - age).unwrap();
}

/// A directory that is gone, as this process saw it.
fn gone() -> HomeNote {
    let home = tempfile::tempdir().unwrap();
    home_note(home.path())
}

#[test]
fn an_arena_goes_whose_process_and_directory_are_gone() {
    let place = tempfile::tempdir().unwrap();
    let (arena, path) = arena(place.path(), 1, &gone());
    age(&path, MINUTES);
    assert_eq!(sweep(place.path()), 0, "its process lives");
    drop(arena);
    assert_eq!(sweep(place.path()), 1);
    assert!(!path.exists());
}

#[test]
fn an_arena_that_was_made_just_now_stays() {
    let place = tempfile::tempdir().unwrap();
    drop(arena(place.path(), 1, &gone()));
    assert_eq!(sweep(place.path()), 0);
}

#[test]
fn an_arena_stays_as_long_as_somebody_may_adopt_it() {
    let (place, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let elsewhere = HomeNote {
        surroundings: 1,
        directory: gone().directory,
    };
    let notes = [home_note(home.path()), elsewhere, HomeNote::default()];
    for (n, note) in (1..).zip(&notes) {
        let (arena, path) = arena(place.path(), n, note);
        drop(arena);
        age(&path, MAX_AGE / 2);
        assert_eq!(sweep(place.path()), 0, "{note:?}");
        // By now its spans would have expired.
        age(&path, MAX_AGE + MINUTES);
        assert_eq!(sweep(place.path()), 1, "{note:?}");
    }
}

#[test]
fn a_sign_of_life_makes_an_arena_young() {
    let place = tempfile::tempdir().unwrap();
    let (arena, path) = arena(place.path(), 1, &gone());
    age(&path, MAX_AGE + MINUTES);
    arena.touch();
    drop(arena);
    assert_eq!(sweep(place.path()), 0);
}

#[test]
fn files_that_are_no_arenas_and_newer_ones_stay() {
    let place = tempfile::tempdir().unwrap();
    let id = "ab".repeat(16);
    let others = [
        "agentops-short.arena".to_owned(),
        format!("other-{id}.arena"),
        format!("agentops-{id}.arena"),
    ];
    for name in &others {
        fs::write(place.path().join(name), vec![7; 8_192]).unwrap();
    }
    let (newer, path) = arena(place.path(), 1, &gone());
    drop(newer);
    let mut bytes = fs::read(&path).unwrap();
    bytes[8] = 200;
    fs::write(&path, bytes).unwrap();
    let link = place
        .path()
        .join(format!("agentops-{}.arena", "cd".repeat(16)));
    std::os::unix::fs::symlink(&path, &link).unwrap();
    for name in fs::read_dir(place.path()).unwrap() {
        age(&name.unwrap().path(), MAX_AGE + MINUTES);
    }
    assert_eq!(sweep(place.path()), 0);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 5);
}

#[test]
fn a_place_that_is_not_there_is_no_trouble() {
    assert_eq!(sweep(Path::new("/no/such/place")), 0);
}
