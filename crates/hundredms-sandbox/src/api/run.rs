//! Runs an operation whose token was checked.

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    request::Request,
    state::State,
};

/// Run an operation, if there is room for what the state keeps of its body.
pub(crate) fn run(
    state: &mut State,
    operation: &Operation,
    request: &Request,
) -> Result<ApiResponse, ApiError> {
    // Counted when it is stored, and refused before that.
    let mut large_values = state.large_values;
    large_values.take(&request.body)?;
    let response = (operation.handler)(state, request)?;
    state.large_values = large_values;
    Ok(response)
}
