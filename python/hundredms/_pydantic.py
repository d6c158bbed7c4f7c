"""Models as fields and responses of pydantic, which FastAPI builds on."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from pydantic_core import core_schema

from ._model import Model, OpenUnion, convert

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

ModelT = TypeVar("ModelT", bound=Model)


def model_schema(model: type[ModelT], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
    """Describe a model: taken as it is, read from a dictionary, written as the service does."""
    fields = {
        field.encode_name: core_schema.typed_dict_field(
            handler.generate_schema(field.type), required=field.required
        )
        for field in msgspec.structs.fields(model)
        if field.name != "extra"
    }
    return _read_by_msgspec(model, core_schema.typed_dict_schema(fields))


def union_schema(union: type[OpenUnion], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
    """Describe a union as any of its shapes."""
    shapes = dict.fromkeys([*union.shapes.values(), union.unknown, union.malformed])
    described = core_schema.union_schema([handler.generate_schema(shape) for shape in shapes])
    return _read_by_msgspec(union, described)


def _read_by_msgspec(type: type[Any], described: core_schema.CoreSchema) -> core_schema.CoreSchema:
    """Leave reading and writing to msgspec, and let `described` only say what there is."""

    def read(value: Any, _: object) -> Any:
        if isinstance(value, type):
            return value
        try:
            return convert(value, type)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from None

    def json_schema(_: Any, describe: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = describe.resolve_ref_schema(describe(described))
        schema["title"] = type.__name__
        schema["description"] = inspect.getdoc(type) or ""
        return schema

    def write(value: Any) -> Any:
        return value.to_dict() if isinstance(value, Model) else msgspec.to_builtins(value)

    # A wrapper that never calls what it wraps: pydantic keeps the definitions that it refers to.
    return core_schema.no_info_wrap_validator_function(
        read,
        described,
        ref=f"{type.__module__}.{type.__qualname__}:{id(type)}",
        metadata={"pydantic_js_functions": [json_schema]},
        serialization=core_schema.plain_serializer_function_ser_schema(write),
    )
