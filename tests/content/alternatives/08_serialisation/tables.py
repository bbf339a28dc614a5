"""A table of types with a pair of functions each; `decode` collects what is wrong; no `match`."""

from dataclasses import asdict
from types import NoneType


def _moment(text):
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} is nowhere")
    return moment


_PLAIN = (str, int, bool, NoneType)
_TEXTS = {date: date.fromisoformat, datetime: lambda text: _moment(text)}


def to_json(value):
    if type(value) in _PLAIN:
        return value
    if type(value) not in _TEXTS:
        raise ValueError(f"no JSON for a {type(value).__name__}")
    text = str(value)
    _TEXTS[type(value)](text)
    return text


def from_json(value, kind):
    for each in _types_in(kind):
        if each in _PLAIN and type(value) is each:
            return value
        if each in _TEXTS and type(value) is str:
            return _TEXTS[each](value)
    raise ValueError(f"{value!r} does not fit {kind}")


class EventCodec:
    def encode(self, event):
        names = self.names_of(type(event))
        kinds = get_type_hints(type(event))
        data = {}
        for field, value in asdict(event).items():
            with _naming(names[0], field):
                data[field] = to_json(value)
                from_json(data[field], kinds[field])
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        return EncodedEvent(names[0], self._upcasters.newest(names[0]), text.encode("utf-8"))

    def decode(self, encoded):
        event_type = self._names.get(encoded.name)
        if event_type is None:
            raise CodecError(f"Who wrote {encoded.name}?")
        data = self._data_of(encoded)
        kinds = get_type_hints(event_type)
        complaints, values = [], {}
        for field in sorted({*data, *kinds}):
            if field not in kinds:
                complaints.append(f"{field} is unknown")
            elif field not in data:
                complaints.append(f"{field} is missing")
            else:
                try:
                    values[field] = from_json(data[field], kinds[field])
                except ValueError as error:
                    complaints.append(f"{field}: {error}")
        if complaints:
            raise CodecError(f"{encoded.name}: " + "; ".join(complaints))
        return event_type(**values)
