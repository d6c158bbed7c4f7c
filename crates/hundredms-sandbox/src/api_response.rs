//! The result of a handler: a response, or an error with the error body of the service.

use serde::Serialize;

/// A status and its JSON body.
#[derive(Debug)]
pub(crate) struct ApiResponse {
    pub(crate) status: u16,
    pub(crate) body: Option<Vec<u8>>,
}

impl ApiResponse {
    /// Create a response with status 200 and a body.
    pub(crate) fn ok(body: &impl Serialize) -> Self {
        Self::with_status(200, body)
    }

    /// Create a response with status 204 and no body.
    pub(crate) fn no_content() -> Self {
        Self {
            status: 204,
            body: None,
        }
    }

    /// Create a response with another status and a body.
    pub(crate) fn with_status(status: u16, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("the sandbox's own types have string keys only");
        Self {
            status,
            body: Some(body),
        }
    }
}

/// A failed call; `code` repeats the status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ApiError {
    pub(crate) code: u16,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) details: Vec<String>,
}

impl ApiError {
    pub(crate) fn new(code: u16, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            details: Vec::new(),
        }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(403, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(404, message)
    }

    /// Create a 401 in its only documented form.
    pub(crate) fn token(detail: impl Into<String>) -> Self {
        Self::new(401, "Token validation error").detail(detail)
    }

    /// Create a 400 in the documented form for body fields: one detail per field.
    pub(crate) fn body_param(details: impl IntoIterator<Item = String>) -> Self {
        let details = details
            .into_iter()
            .map(|detail| format!("Invalid body param: {detail}"))
            .collect();
        Self {
            code: 400,
            message: "Invalid body param".into(),
            details,
        }
    }

    /// Create a 400 for one query parameter.
    pub(crate) fn query_param(name: &str, expected: &str) -> Self {
        Self::bad_request("Invalid query param")
            .detail(format!("Invalid query param: {name} must be {expected}"))
    }

    /// Add one line to `details`.
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }
}

impl From<ApiError> for ApiResponse {
    fn from(error: ApiError) -> Self {
        Self::with_status(error.code, &error)
    }
}
