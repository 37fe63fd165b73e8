//! A directory that many processes have used.

use agentops_spool::directory::Directory;

#[test]
fn complete_segments_of_others_are_no_leftovers_where_they_are_read() {
    let home = tempfile::tempdir().unwrap();
    for number in 0..50u32 {
        let name = format!("{number:032x}-00000000.traces");
        std::fs::write(home.path().join(name), b"").unwrap();
    }
    let directory = Directory::create(home.path(), 0).unwrap();
    let files = || std::fs::read_dir(home.path()).unwrap().count();
    let before = files();
    assert_eq!(directory.leftovers(false).count(), 0);
    assert_eq!(files(), before, "no lock was made for any of them");
}
