//! Bytes of chunks as writer and reader see them, without a file.

use super::*;

/// An arena of this many units without a file, which Miri can follow too.
fn arena(units: usize) -> Arc<Arena> {
    let mapping = Mapping::anonymous(UNITS_OFFSET + units * UNIT).unwrap();
    let header = Header {
        id: [1; 16],
        boot_id: [2; 16],
        destination: 3,
        flags: 0,
    };
    Arena::begin(mapping, &header, &HomeNote::default()).unwrap()
}

/// Fills the chunk to its end and reads all of it.
fn use_up(mut writer: ChunkWriter) -> Arc<Chunk> {
    let chunk = Arc::clone(writer.chunk());
    // All at once: byte by byte would take Miri minutes.
    let bytes = vec![0xff; chunk.len() - CHUNK_HEADER];
    writer.free().copy_from_slice(&bytes);
    writer.commit(usize::MAX);
    assert!(writer.free().is_empty());
    drop(writer);
    assert!(chunk.unread() == bytes);
    chunk.consume(bytes.len());
    chunk
}

#[test]
fn the_reader_sees_what_was_committed_and_no_more() {
    let mut writer = Chunk::private(UNIT, None).unwrap();
    let chunk = Arc::clone(writer.chunk());
    writer.free()[..4].copy_from_slice(b"abcd");
    assert_eq!(chunk.unread(), b"");
    writer.commit(4);
    assert_eq!(chunk.unread(), b"abcd");
    chunk.consume(3);
    assert_eq!(chunk.unread(), b"d");
    assert!(!chunk.is_sealed());
    drop(writer);
    assert!(chunk.is_sealed());
}

#[test]
fn a_chunk_that_is_in_use_is_not_given_back() {
    let arena = arena(1);
    let mut writer = Chunk::shared(&arena, 0, 1).unwrap();
    writer.free()[0] = 1;
    writer.commit(1);
    let chunk = Arc::clone(writer.chunk()).release().unwrap_err();
    drop(writer);
    let chunk = chunk.release().unwrap_err();
    chunk.consume(1);
    let reader = Arc::clone(&chunk);
    let chunk = chunk.release().unwrap_err();
    assert!(Chunk::shared(&arena, 0, 1).is_none());
    drop(reader);
    chunk.release().unwrap();
    assert!(Chunk::shared(&arena, 0, 1).is_some());
}

#[test]
fn plain_memory_is_a_chunk_again() {
    let chunk = use_up(Chunk::private(UNIT, None).unwrap());
    let Released::Private(mapping) = chunk.release().unwrap() else {
        panic!("plain memory came from an arena");
    };
    use_up(Chunk::again(mapping, None).unwrap());
}

#[test]
fn units_of_a_long_chunk_come_back_one_by_one() {
    let arena = arena(3);
    use_up(Chunk::shared(&arena, 0, 3).unwrap())
        .release()
        .unwrap();
    for unit in [2, 1, 0] {
        let chunk = use_up(Chunk::shared(&arena, unit, 1).unwrap());
        assert_eq!(chunk.units(), Some((unit, 1)));
    }
}

#[test]
fn units_are_there_once_the_arena_has_grown() {
    let arena = arena(GROWTH + 2);
    assert!(Chunk::shared(&arena, GROWTH, 1).is_none());
    assert_eq!(arena.grow().unwrap(), GROWTH + 2);
    use_up(Chunk::shared(&arena, GROWTH + 1, 1).unwrap());
    assert_eq!(arena.grow().unwrap(), GROWTH + 2);
    assert!(Chunk::shared(&arena, GROWTH + 1, 2).is_none());
}

#[test]
fn definitions_end_where_the_units_begin() {
    let arena = arena(1);
    let body = vec![7; 100_000];
    let defined = std::iter::repeat_with(|| arena.define(1, |out| out.bytes(&body)));
    assert_eq!(defined.take_while(|&fits| fits).count(), 5);
    use_up(Chunk::shared(&arena, 0, 1).unwrap());
}

#[test]
fn bytes_pass_between_threads() {
    let mut writer = Chunk::private(UNIT, None).unwrap();
    let chunk = Arc::clone(writer.chunk());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for byte in 0..100 {
                writer.free()[0] = byte;
                writer.commit(1);
            }
        });
        let mut seen = Vec::new();
        while seen.len() < 100 {
            let new = chunk.unread();
            seen.extend_from_slice(new);
            chunk.consume(new.len());
        }
        assert_eq!(seen, (0..100).collect::<Vec<u8>>());
    });
}

#[test]
fn a_unit_passes_from_thread_to_thread() {
    let arena = arena(1);
    let take = || loop {
        match Chunk::shared(&arena, 0, 1) {
            Some(writer) => break writer,
            None => std::thread::yield_now(),
        }
    };
    let first = take();
    // Nothing but the state of the chunk orders what the two do.
    std::thread::scope(|scope| {
        scope.spawn(|| use_up(first).release().unwrap());
        scope.spawn(|| use_up(take()).release().unwrap());
    });
    use_up(take());
}
