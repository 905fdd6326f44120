//! Rebuilds when an embedded edition or rulebook is added or removed.

fn main() {
    println!("cargo::rerun-if-changed=models");
}
