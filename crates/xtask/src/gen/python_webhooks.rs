//! The types of webhook events in Python: their names, their data, and `on` with the data that each name means.

use std::fmt::Write as _;

use super::{Webhooks, python_text as text};

/// The module that knows every type.
pub(super) fn event_types(webhooks: &Webhooks) -> String {
    let data: Vec<&str> = webhooks
        .types
        .iter()
        .map(|event| event.data.as_str())
        .collect();
    let mut file = String::from(
        "\"\"\"The types of events: their names, their data, and who handles them.\"\"\"\n\n\
         from __future__ import annotations\n\n\
         from typing import Any, Literal, TypeAlias, overload\n\n\
         from .._model import Model\n\
         from ._data import Malformed, Unknown\n\
         from ._route import On, Route, known\n",
    );
    file.push_str(&text::import(".events", &data));
    file.push_str("\nEventType: TypeAlias = Literal[\n");
    for event in &webhooks.types {
        let _ = writeln!(file, "    \"{}\",", event.name);
    }
    file.push_str("]\n\"\"\"A type of events.\"\"\"\n\nEventData: TypeAlias = (\n");
    for (number, name) in data.iter().chain(&["Unknown", "Malformed"]).enumerate() {
        let or = if number == 0 { "" } else { "| " };
        let _ = writeln!(file, "    {or}{name}");
    }
    file.push_str(
        ")\n\"\"\"The data of an event: each type has a model of its own.\"\"\"\n\n\
         DATA: dict[str, type[Model]] = {\n",
    );
    for event in &webhooks.types {
        let _ = writeln!(file, "    \"{}\": {},", event.name, event.data);
    }
    file.push_str(
        "}\n\"\"\"The model of the data of each type.\"\"\"\n\n\n\
         class Routes:\n    \"\"\"The handlers of a receiver.\"\"\"\n\n    _routes: dict[str, Route]\n",
    );
    for event in &webhooks.types {
        file.push_str("\n    @overload\n");
        file.push_str(&text::bracketed(
            4,
            "def on(",
            &format!(
                "self, type: Literal[\"{}\"], *, background: bool = False",
                event.name
            ),
            &format!(") -> On[{}]: ...", event.data),
        ));
    }
    file.push_str(
        "\n    def on(self, type: str, *, background: bool = False) -> On[Any]:\n        \
         \"\"\"Register the handler of a type of events: a decorator.\n\n        Args:\n            \
         type: The type; `fallback` takes those that this version does not know.\n            \
         background: Whether 200 is answered before the handler has run, for work that takes\n                \
         longer than the service waits. When it fails the service does not send the event\n                \
         again; the log says so.\n\n        Raises:\n            \
         ConfigurationError: There is no such type, or it has a handler already.\n        \"\"\"\n        \
         return On(self._routes, known(DATA, type), background)\n",
    );
    file
}
