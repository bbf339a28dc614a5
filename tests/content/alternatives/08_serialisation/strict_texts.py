"""Reads a text only if it would write the same one; types are told apart by `match` both ways."""

from types import NoneType


class EventCodec:
    def encode(self, event):
        name, *_ = self.names_of(type(event))
        types = get_type_hints(type(event))
        data = {
            field: self._proven(name, field, getattr(event, field), types[field]) for field in types
        }
        return EncodedEvent(
            name=name, schema=self._upcasters.newest(name), data=json.dumps(data).encode()
        )

    @staticmethod
    def _proven(name, field, value, kind):
        with _naming(name, field):
            written = to_json(value)
            from_json(written, kind)
        return written

    def decode(self, encoded):
        known = {name: event_type for name, event_type in self._names.items()}
        match known.get(encoded.name), self._data_of(encoded):
            case None, _:
                raise CodecError(f"nobody knows a {encoded.name}")
            case event_type, data:
                types = get_type_hints(event_type)
                for field in {*types} - {*data}:
                    raise CodecError(f"{encoded.name} without {field}")
                for field in {*data} - {*types}:
                    raise CodecError(f"{encoded.name} with a strange {field}")
                return event_type(
                    **{f: self._read(encoded.name, f, data[f], types[f]) for f in data}
                )

    @staticmethod
    def _read(name, field, value, kind):
        with _naming(name, field):
            return from_json(value, kind)


def to_json(value):
    match value:
        case bool(truth):
            return truth
        case int(number):
            return number
        case str(text):
            return text
        case None:
            return None
        case datetime(tzinfo=zone) if zone is not None:
            return value.isoformat()
        case date() if not isinstance(value, datetime):
            return value.strftime("%Y-%m-%d")
    raise ValueError(f"{value!r}?")


def from_json(value, kind):
    for each in _types_in(kind):
        match each, value:
            case (type() as plain, _) if (
                plain in {str, int, bool, NoneType} and type(value) is plain
            ):
                return value
            case (type() as clock, str()) if clock in {date, datetime}:
                read = clock.fromisoformat(value)
                if to_json(read) != value:
                    raise ValueError(f"{value!r} was not written here")
                return read
    raise ValueError(f"{value!r} is not {kind}")
