"""Your codec leaves it to the event's class to miss a field.

The class takes its default if it has one, and then the event tells what nobody stored. And if it
has none, which error do you get? Who knows the stored name and can say it?
"""


class EventCodec:
    def decode(self, encoded):
        if encoded.name not in self._names:
            raise CodecError(f"{encoded.name!r} is no stored name of this codec")
        event_type = self._names[encoded.name]
        types = get_type_hints(event_type)
        data = self._data_of(encoded)
        if differing := sorted(data.keys() - types.keys()):
            raise CodecError(f"{encoded.name}: missing or unknown fields {differing}")
        values = {}
        for name, value in data.items():
            with _naming(encoded.name, name):
                values[name] = from_json(value, types[name])
        return event_type(**values)
