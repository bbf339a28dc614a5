"""The dataclass's fields lead, one `try` around each; what was written is compared as a whole."""


class EventCodec:
    def encode(self, event):
        names = self.names_of(type(event))
        try:
            data = {f.name: self._written(names[0], f.name, event) for f in fields(event)}
            encoded = EncodedEvent(
                names[0],
                self._upcasters.newest(names[0]),
                bytes(json.dumps(data, indent=1), "utf-8"),
            )
            if self.decode(encoded) != event:
                raise CodecError(f"{names[0]} comes back as another event: {data}")
        except TypeError as error:
            raise CodecError(f"{names[0]}: {error}") from error
        return encoded

    def decode(self, encoded):
        try:
            event_type = self._names[encoded.name]
        except KeyError:
            raise CodecError(f"unknown name: {encoded.name}") from None
        rest = dict(self._data_of(encoded))
        values = {}
        for field in fields(event_type):
            if field.name not in rest:
                raise CodecError(f"{encoded.name} has no {field.name}")
            try:
                values[field.name] = from_json(rest.pop(field.name), field.type)
            except (TypeError, ValueError) as error:
                raise CodecError(f"{field.name} of {encoded.name}: {error}") from error
        for unknown in rest:
            raise CodecError(f"{encoded.name} knows no {unknown}")
        return event_type(**values)

    def _written(self, name, field, event):
        try:
            return to_json(getattr(event, field))
        except ValueError as error:
            raise CodecError(f"{field} of {name}: {error}") from error


def to_json(value):
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, datetime):
        if value.tzinfo is None or value.tzinfo.utcoffset(value) is None:
            raise ValueError("a moment needs a time zone")
        return value.isoformat(sep=" ", timespec="microseconds")
    if isinstance(value, date):
        return f"{value.year:04}-{value.month:02}-{value.day:02}"
    raise ValueError(f"{type(value)} is not for JSON")


def from_json(value, kind):
    if kind == str | None or kind == int | None or kind == bool | None:
        return None if value is None else from_json(value, get_args(kind)[0])
    if kind == date | None or kind == datetime | None:
        return None if value is None else from_json(value, get_args(kind)[0])
    if kind is datetime:
        if not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is None:
            raise ValueError(f"{value!r} is no moment")
        return datetime.fromisoformat(value)
    if kind is date:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is no day")
        return date.fromisoformat(value)
    if kind is int and isinstance(value, bool):
        raise ValueError(f"{value!r} is no number")
    if not isinstance(value, kind):
        raise ValueError(f"{value!r} is no {kind}")
    return value
