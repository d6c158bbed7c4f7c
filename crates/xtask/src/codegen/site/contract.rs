//! The error responses of each operation in `tests/contract`.

use serde_json::Value;

use crate::shell::{BoxError, root};

/// The contract of the service.
#[derive(Debug)]
pub(super) struct Contract(Value);

/// An error response that not every operation has.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ErrorResponse {
    pub(super) status: u16,
    /// When the service responds so, as a sentence.
    pub(super) when: String,
}

impl Contract {
    pub(super) fn read() -> Result<Self, BoxError> {
        let text = std::fs::read_to_string(root().join("tests/contract/openapi.yaml"))?;
        Ok(Self(serde_norway::from_str(&text)?))
    }

    /// Return the error responses of an operation by status, without those that refer to one for every operation.
    pub(super) fn errors(&self, operation: &str) -> Result<Vec<ErrorResponse>, BoxError> {
        let responses = self.operation(operation)?["responses"].as_object();
        let mut errors = Vec::new();
        for (status, response) in responses.into_iter().flatten() {
            // `default` has no status.
            let Ok(status) = status.parse::<u16>() else {
                continue;
            };
            if status < 400 || response["$ref"].is_string() {
                continue;
            }
            let causes = response["description"].as_str();
            let causes =
                causes.ok_or_else(|| format!("{operation}: {status} has no description"))?;
            let mut when = sentence(causes);
            if ["x-assumed", "x-seen-in", "x-uncertain"]
                .iter()
                .any(|key| !response[key].is_null())
            {
                when.push_str(" Undocumented by the service.");
            }
            errors.push(ErrorResponse { status, when });
        }
        errors.sort_by_key(|error| error.status);
        Ok(errors)
    }

    fn operation(&self, name: &str) -> Result<&Value, BoxError> {
        let paths = self.0["paths"].as_object().into_iter().flatten();
        paths
            .flat_map(|(_, methods)| methods.as_object().into_iter().flatten())
            .map(|(_, operation)| operation)
            .find(|operation| operation["operationId"] == name)
            .ok_or_else(|| format!("{name} is not in the contract").into())
    }
}

/// Return a description as a sentence.
fn sentence(description: &str) -> String {
    let mut letters = description.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::{Contract, ErrorResponse};

    #[test]
    fn responses_of_every_operation_are_left_out_and_descriptions_are_sentences() {
        let contract = serde_norway::from_str(
            "
            paths:
              /rooms/{room_id}:
                get:
                  operationId: rooms.get
                  responses:
                    '404': {description: the room is gone; nobody is there, x-assumed: no source}
                    '200': {description: The room}
                    '400': {description: '`room_id` is no id'}
                    '401': {$ref: '#/components/responses/Unauthenticated'}
                    default: {description: Anything else}
            ",
        );
        let contract = Contract(contract.unwrap());
        let expected = [
            (400, "`room_id` is no id."),
            (
                404,
                "The room is gone; nobody is there. Undocumented by the service.",
            ),
        ];
        let expected = expected.map(|(status, when)| ErrorResponse {
            status,
            when: when.to_owned(),
        });
        assert_eq!(contract.errors("rooms.get").unwrap(), expected);
        let error = contract.errors("rooms.delete").unwrap_err();
        assert_eq!(error.to_string(), "rooms.delete is not in the contract");
    }
}
