//! The commands of this repository.
fn main() {
    let mut g = schemars::SchemaGenerator::default();
    let all = hundredms::OperationSchema::all(&mut g);
    let ops: Vec<_> = all.iter().map(|o| serde_json::json!({"info": o.info, "request": o.request, "answer": o.answer})).collect();
    println!("{}", serde_json::to_string_pretty(&serde_json::json!({"operations": ops, "models": g.definitions()})).unwrap());
}
