//! What a program has of its own beside `hundredms`; see the test.
