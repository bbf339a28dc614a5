"""Your codec drops a field that it does not know.

Somebody wrote it down, maybe newer code than yours. You read the event, and part of what happened
is missing from it. Who would ever find out? Compare the fields in both directions.
"""


class EventCodec:
    def decode(self, encoded):
        if encoded.name not in self._names:
            raise CodecError(f"{encoded.name!r} is no stored name of this codec")
        event_type = self._names[encoded.name]
        types = get_type_hints(event_type)
        data = self._data_of(encoded)
        if differing := sorted(types.keys() - data.keys()):
            raise CodecError(f"{encoded.name}: missing or unknown fields {differing}")
        values = {}
        for name in types:
            value = data[name]
            with _naming(encoded.name, name):
                values[name] = from_json(value, types[name])
        return event_type(**values)
