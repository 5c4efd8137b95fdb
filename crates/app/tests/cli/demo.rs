//! `crossbearing demo`.

use std::fs;

use super::{
    common::{folder, run},
    golden,
};

#[test]
fn the_demo_prints_and_writes() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("demo");
    let ran = run(&folder, &["demo"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out == golden("college-siege", "txt"), "{}", ran.out);
    assert!(
        ran.err.contains("wrote crossbearing-demo.html"),
        "{}",
        ran.err
    );
    let page = fs::read_to_string(folder.join("crossbearing-demo.html")).unwrap();
    assert!(page == golden("college-siege", "html"));
    assert!(
        !page.contains("src=\"http"),
        "a page must ask nothing of the network"
    );
}
